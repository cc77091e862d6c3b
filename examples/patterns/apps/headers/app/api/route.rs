use bff::{Json, get};

/// Has nothing to say about headers.
#[get]
async fn api() -> Json<[u8; 3]> {
    Json([1, 2, 3])
}
