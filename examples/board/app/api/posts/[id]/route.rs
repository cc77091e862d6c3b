use bff::{
    Json, OptionExt, Result, State, delete, get, http::StatusCode, patch, response::not_found,
};
use serde::Deserialize;

use crate::store::{Post, Store};

/// One post.
#[get]
async fn show(id: u64, State(store): State<Store>) -> Result<Json<Post>> {
    Ok(Json(store.one(id).or_404("no such post")?))
}

#[derive(Deserialize)]
struct Edit {
    title: String,
}

/// Another title.
#[patch]
async fn rename(id: u64, State(store): State<Store>, Json(edit): Json<Edit>) -> Result<Json<Post>> {
    Ok(Json(store.rename(id, edit.title).or_404("no such post")?))
}

/// Gone.
#[delete]
async fn remove(id: u64, State(store): State<Store>) -> Result<StatusCode> {
    if store.remove(id) { Ok(StatusCode::NO_CONTENT) } else { Err(not_found()) }
}
