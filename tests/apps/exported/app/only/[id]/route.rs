use bff::{State, get, static_params};

use crate::apps::exported::Posts;

#[get(force_static)]
async fn show(id: u64) -> String {
    format!("only {id}")
}

#[static_params(dynamic_params = false)]
#[cfg(any(unix, not(unix)))]
fn ids(State(posts): State<Posts>) -> Vec<u64> {
    posts.0.iter().map(|(id, _)| *id).collect()
}

/// Takes the place of the other in no build.
#[static_params(dynamic_params = false)]
#[cfg(not(any(unix, not(unix))))]
fn none() -> Vec<u64> {
    Vec::new()
}
