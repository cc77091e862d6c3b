use bff::{api, axum::body::Bytes};

/// Takes the bytes as they came, as a signature needs them.
#[api]
async fn webhook(body: Bytes) -> String {
    format!("{} bytes", body.len())
}
