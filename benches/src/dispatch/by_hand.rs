use axum::{Json, Router, extract::Path, http::StatusCode, routing::get};

use super::{
    fixture,
    model::{NewPost, Post, TEXT},
};

/// The same routes as in the app folder of this size, in the same order, written as axum's guide does.
pub(super) fn router(routes: usize) -> Router {
    fixture::numbers(routes)
        .map(|number| format!("/api/r{number}/{{id}}"))
        .fold(Router::new(), |router, path| router.route(&path, get(show).post(create)))
        .route("/text", get(text))
}

async fn show(Path(id): Path<u64>) -> Json<Post> {
    Json(Post::sample(id))
}

async fn create(
    Path(_id): Path<u64>,
    Json(new): Json<NewPost>,
) -> Result<Json<NewPost>, StatusCode> {
    if new.is_valid() { Ok(Json(new)) } else { Err(StatusCode::UNPROCESSABLE_ENTITY) }
}

async fn text() -> &'static str {
    TEXT
}
