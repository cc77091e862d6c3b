use bff::{Json, Result, get};

struct Post {
    title: String,
}

#[get]
async fn show() -> Result<Json<Post>> {
    Ok(Json(Post { title: "first".to_owned() }))
}
