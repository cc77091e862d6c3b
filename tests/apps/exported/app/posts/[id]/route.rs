use bff::{Json, OptionExt, Result, State, get, static_params};

use crate::apps::exported::Posts;

#[get(force_static)]
async fn show(id: u64, State(posts): State<Posts>) -> Result<Json<&'static str>> {
    let post = posts.0.iter().find(|(own, _)| *own == id).or_404("no such post")?;
    Ok(Json(post.1))
}

#[static_params]
async fn ids(State(posts): State<Posts>) -> Result<Vec<u64>> {
    Ok(posts.0.iter().map(|(id, _)| *id).collect())
}
