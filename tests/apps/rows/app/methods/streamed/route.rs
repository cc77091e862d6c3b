use bff::{axum::body::Body, get};

use crate::support::Chunks;

#[get]
async fn show() -> Body {
    Chunks::new(["one", "two", "three"]).into_body()
}
