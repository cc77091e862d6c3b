use bff::{Json, get};
use serde::Serialize;

#[derive(Serialize)]
struct Greeting {
    greeting: String,
}

/// Answers `GET /{slug}`: an argument named after a folder in brackets is that part of the URL.
#[get]
async fn show(slug: String) -> Json<Greeting> {
    Json(Greeting {
        greeting: format!("Hello, {slug}!"),
    })
}
