use bff::{http::StatusCode, post};

#[post]
async fn create(body: String) -> (StatusCode, String) {
    (StatusCode::CREATED, format!("created {body}"))
}
