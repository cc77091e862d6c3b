use bff::{get, http::StatusCode};

#[get]
async fn show() -> StatusCode {
    StatusCode::NO_CONTENT
}
