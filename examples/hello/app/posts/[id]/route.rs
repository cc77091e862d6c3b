use bff::{Json, get, post};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct Post {
    id: u64,
    title: String,
}

/// One post.
#[get]
async fn show(id: u64) -> Json<Post> {
    Json(Post { id, title: format!("Post {id}") })
}

#[post]
async fn update(id: u64, Json(post): Json<Post>) -> bff::Result<Json<Post>> {
    if post.id != id {
        return Err(bff::response::not_found());
    }
    Ok(Json(post))
}
