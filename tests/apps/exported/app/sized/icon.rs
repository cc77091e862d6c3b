use bff::{
    State,
    metadata::{icon, icons},
};

use crate::apps::exported::Posts;

/// As many as there are posts.
#[icons]
fn ids(State(posts): State<Posts>) -> Vec<u64> {
    posts.0.iter().map(|(id, _)| *id).collect()
}

#[icon(content_type = "image/svg+xml")]
fn made(id: u64) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{id}\"/>")
}
