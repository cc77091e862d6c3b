use bff::{Json, Valid, post};
use garde::Validate;
use serde::Deserialize;

#[derive(Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Post {
    #[garde(length(chars, min = 1, max = 5))]
    short_title: String,
    #[garde(dive)]
    #[serde(default)]
    authors: Vec<Author>,
    #[garde(range(min = 1, max = 5))]
    stars: u8,
}

#[derive(Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
struct Author {
    #[garde(email)]
    email_address: String,
}

#[post(body_limit = "4KiB")]
async fn create(Valid(Json(post)): Valid<Json<Post>>) -> String {
    let authors: Vec<_> = post.authors.iter().map(|author| &*author.email_address).collect();
    format!("{} by {authors:?}, {} stars", post.short_title, post.stars)
}
