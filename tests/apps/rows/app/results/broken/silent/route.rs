use bff::{IntoResponse, get};

use crate::support::Chunks;

/// Less than was announced, and no error.
#[get]
async fn show() -> impl IntoResponse {
    ([("content-length", "100")], Chunks::new(["first", "second"]).into_body())
}
