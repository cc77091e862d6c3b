use bff::{
    Response, get,
    response::{ResponseExt, text},
};

use crate::markdown;

/// The same by an address of its own, for links.
#[get]
async fn guide() -> Response {
    text(markdown()).with_content_type("text/markdown; charset=utf-8")
}
