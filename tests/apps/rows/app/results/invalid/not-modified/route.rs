use bff::{get, http::StatusCode};

#[get]
async fn show() -> (StatusCode, &'static str) {
    (StatusCode::NOT_MODIFIED, "a body where none may be")
}
