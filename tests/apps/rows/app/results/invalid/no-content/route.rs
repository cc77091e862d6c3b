use bff::{get, http::StatusCode};

#[get]
async fn show() -> (StatusCode, &'static str) {
    (StatusCode::NO_CONTENT, "a body where none may be")
}
