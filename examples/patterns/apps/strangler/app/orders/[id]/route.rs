use bff::{Json, get};
use serde_json::{Value, json};

/// Taken over from the old backend.
#[get]
async fn show(id: u32) -> Json<Value> {
    Json(json!({ "id": id, "from": "the new backend" }))
}
