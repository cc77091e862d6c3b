use bff::{Response, get};

use crate::support::Chunks;

#[get]
async fn stream() -> Response {
    Response::new(Chunks::new(["one", "two", "three"]).into_body())
}

#[bff::post]
async fn endless() -> Response {
    Response::new(Chunks::endless().into_body())
}
