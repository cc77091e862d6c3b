use bff::{State, get, http::HeaderMap};

use crate::apps::cached::Cached;

/// Tells all headers that it is given.
#[get(revalidate = "1h", vary = ["Accept-Language"])]
async fn show(headers: HeaderMap, State(cached): State<Cached>) -> String {
    format!("{} {headers:?}", cached.run("language"))
}
