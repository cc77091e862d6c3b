use bff::{Json, get};

struct Post {
    title: String,
}

#[get]
async fn show() -> Json<Post> {
    Json(Post { title: "first".to_owned() })
}
