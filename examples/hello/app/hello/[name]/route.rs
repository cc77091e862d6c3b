use bff::{Json, get};
use serde::Serialize;

#[derive(Serialize)]
struct Greeting {
    greeting: String,
}

/// Greets by name: the argument is the part of the URL that the folder `[name]` stands for.
#[get]
async fn greet(name: String) -> Json<Greeting> {
    Json(Greeting { greeting: format!("Hello, {name}!") })
}
