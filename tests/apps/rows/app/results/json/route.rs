use bff::{Json, get};
use serde::Serialize;

#[derive(Serialize)]
struct Post {
    id: u8,
    title: &'static str,
}

#[get]
async fn show() -> Json<Post> {
    Json(Post { id: 1, title: "grüße" })
}
