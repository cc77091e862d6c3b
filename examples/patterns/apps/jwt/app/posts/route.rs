use bff::{Form, Json, Result, get, jwt::Bearer, post, response::unauthorized};
use serde::{Deserialize, Serialize};

use crate::{reader, writer};

/// The provider's own claim, beside the registered ones.
#[derive(Deserialize)]
struct Claims {
    tenant: String,
}

#[derive(Deserialize)]
struct NewPost {
    title: String,
}

#[derive(Serialize)]
struct Post {
    title: String,
    author: String,
    tenant: String,
}

#[get(require = reader)]
async fn list() -> Json<[&'static str; 1]> {
    Json(["Hello"])
}

/// The author is who the token speaks of, never who the request says.
#[post(require = writer)]
async fn create(token: Bearer<Claims>, Form(post): Form<NewPost>) -> Result<Json<Post>> {
    let author = token.subject().ok_or_else(unauthorized)?.to_owned();
    Ok(Json(Post { title: post.title, author, tenant: token.0.claims.tenant }))
}
