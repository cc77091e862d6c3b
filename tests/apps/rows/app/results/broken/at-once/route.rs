use bff::{axum::body::Body, get};

use crate::support::Chunks;

#[get]
async fn show() -> Body {
    Chunks::new([]).then_fail("secret cause").into_body()
}
