use bff::{IntoResponse, Json, get, http::StatusCode};

#[get]
async fn show() -> impl IntoResponse {
    (StatusCode::CREATED, [("location", "/results/json")], Json([1, 2, 3]))
}
