use bff::{get, http::StatusCode, post};

#[get]
async fn show() -> Result<&'static str, StatusCode> {
    Ok("fine")
}

#[post]
async fn create() -> Result<&'static str, (StatusCode, &'static str)> {
    Err((StatusCode::CONFLICT, "a conflict of my own"))
}
