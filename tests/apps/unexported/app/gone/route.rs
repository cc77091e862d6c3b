use bff::{get, http::StatusCode};

#[get(force_static)]
async fn gone() -> StatusCode {
    StatusCode::GONE
}
