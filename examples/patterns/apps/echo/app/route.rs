use bff::{Json, post};
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct Echo {
    received: Value,
}

/// Any JSON will do; a type of one's own in its place checks the shape as well, and answers 422.
#[post]
async fn echo(Json(received): Json<Value>) -> Json<Echo> {
    Json(Echo { received })
}
