use bff::{Json, api, pages::Query};
use serde_json::{Value, json};

#[api]
async fn shop(filters: Option<Vec<String>>, Query(query): Query) -> Json<Value> {
    Json(json!({ "filters": filters, "query": query }))
}
