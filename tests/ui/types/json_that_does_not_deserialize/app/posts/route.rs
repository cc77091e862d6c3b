use bff::{Json, post};

struct Post {
    title: String,
}

#[post]
async fn create(Json(post): Json<Post>) -> String {
    post.title
}
