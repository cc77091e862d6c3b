use bff::{IntoResponse, get, http::StatusCode};

#[get]
async fn show() -> impl IntoResponse {
    (StatusCode::NOT_MODIFIED, [("etag", "\"v1\"")])
}
