use bff::{IntoResponse, get};

use crate::support::Chunks;

#[get]
async fn show() -> impl IntoResponse {
    (
        [("content-length", "100")],
        Chunks::new(["first", "second"]).then_fail("secret cause").into_body(),
    )
}
