use bff::{
    Response, ResponseExt, get, post,
    response::{Etag, text},
};

/// V50.
#[get]
async fn show() -> Response {
    text("body").with_etag(Etag::strong("abc")).with_cache_control("max-age=60").with_ranges()
}

/// A change decides for itself.
#[post]
async fn change() -> Response {
    text("changed").with_etag(Etag::strong("abc"))
}
