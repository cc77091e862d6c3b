use bff::{Json, post};
use serde_json::{Value, json};

#[post]
async fn echo(Json(body): Json<Value>) -> Json<Value> {
    Json(json!({ "received": body }))
}
