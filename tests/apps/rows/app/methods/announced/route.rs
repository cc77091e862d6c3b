use bff::{IntoResponse, get};

use crate::support::Chunks;

/// A stream whose length the handler knows and says.
#[get]
async fn show() -> impl IntoResponse {
    ([("content-length", "9")], Chunks::new(["one", "two", "six"]).into_body())
}
