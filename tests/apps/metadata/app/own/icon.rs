//! What a function says itself, and keys of a handler.

use bff::{IntoResponse, http::header, metadata::icon};

#[icon(cors(origins = ["https://a.example"]), require = always)]
fn made() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/webp"), (header::ETAG, "\"mine\"")], b"webp".to_vec())
}

async fn always() -> bff::Result<()> {
    Ok(())
}
