use bff::{Json, post};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct Post {
    title: String,
    #[serde(default)]
    tags: Vec<String>,
}

/// Wraps what it was sent (RH-392).
#[post]
async fn echo(Json(post): Json<Post>) -> Json<(&'static str, Post)> {
    Json(("you sent", post))
}
