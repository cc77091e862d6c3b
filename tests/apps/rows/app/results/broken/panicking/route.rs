use bff::{axum::body::Body, get};

use crate::support::Chunks;

#[get]
async fn show() -> Body {
    Chunks::new(["first", "second"]).then_panic("secret cause").into_body()
}
