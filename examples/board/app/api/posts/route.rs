use bff::{
    IntoResponse, Json, Query, State, get,
    http::{StatusCode, header},
    post,
};
use serde::Deserialize;

use crate::{
    app,
    store::{Post, Store},
};

#[derive(Deserialize)]
struct Filter {
    /// Only posts whose title contains this.
    q: Option<String>,
}

/// The posts, all or those that match.
#[get]
async fn list(State(store): State<Store>, Query(filter): Query<Filter>) -> Json<Vec<Post>> {
    let mut posts = store.all();
    if let Some(text) = filter.q {
        posts.retain(|post| post.title.contains(&text));
    }
    Json(posts)
}

#[derive(Deserialize)]
struct NewPost {
    title: String,
}

/// A new post: 201, with its URL from the typed path of the route beside this one.
#[post]
async fn create(State(store): State<Store>, Json(new): Json<NewPost>) -> impl IntoResponse {
    let post = store.add(new.title);
    let location = app::api::posts::id::path(post.id);
    (StatusCode::CREATED, [(header::LOCATION, location)], Json(post))
}
