use bff::{axum::body::Bytes, post};

#[post]
async fn read(body: Bytes) -> String {
    body.len().to_string()
}
