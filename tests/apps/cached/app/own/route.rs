use bff::{Response, ResponseExt, State, get, http::header, response::text};

use crate::apps::cached::Cached;

#[get(revalidate = "1h")]
async fn show(State(cached): State<Cached>) -> Response {
    text(cached.run("own"))
        .with_header(header::CACHE_CONTROL, "public, max-age=7")
        .with_header(header::ETAG, "\"own\"")
        .with_ranges()
}
