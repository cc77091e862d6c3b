use bff::{Json, Valid, post};

#[derive(serde::Deserialize)]
struct Post {
    title: String,
}

#[post]
async fn create(Valid(Json(post)): Valid<Json<Post>>) -> String {
    post.title
}
