use bff::{State, get, http::HeaderMap};

use crate::apps::cached::Cached;

/// Reads anything, and so says that nothing of it is kept.
#[get(revalidate = 0)]
async fn show(State(cached): State<Cached>, headers: HeaderMap) -> String {
    format!("{} {}", cached.run("not"), headers.contains_key("host"))
}
