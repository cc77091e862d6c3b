use bff::{Json, State, get};

use crate::apps::exported::Posts;

#[get(force_static)]
async fn list(State(posts): State<Posts>) -> Json<Vec<u64>> {
    Json(posts.0.iter().map(|(id, _)| *id).collect())
}
