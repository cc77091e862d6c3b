//! Route 17 of the dispatch benchmark; written by `cargo run -p bff-benches --bin fixtures`.

use bff::{Json, Problem, Result, get, http::StatusCode, post};

use crate::dispatch::model::{NewPost, Post};

#[get]
async fn show(id: u64) -> Json<Post> {
    Json(Post::sample(id))
}

#[post]
async fn create(id: u64, Json(new): Json<NewPost>) -> Result<Json<NewPost>> {
    let _ = id;
    if new.is_valid() { Ok(Json(new)) } else { Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY).into()) }
}
