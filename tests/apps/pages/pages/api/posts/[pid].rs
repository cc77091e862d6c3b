use bff::{Json, api, pages::Query};
use serde_json::{Value, json};

#[api(invalid_param = 400)]
async fn post(pid: u64, Query(query): Query) -> Json<Value> {
    Json(json!({ "pid": pid, "query": query }))
}
