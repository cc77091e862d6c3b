use bff::{
    Json, api,
    http::{HeaderName, Method},
    pages::{Body, Query},
};
use serde_json::{Value, json};

/// Tells what it was called with.
#[api]
async fn echo(
    method: Method,
    Query(query): Query,
    body: Body,
) -> ([(HeaderName, String); 1], Json<Value>) {
    let called = [(HeaderName::from_static("x-method"), method.to_string())];
    (called, Json(json!({ "method": method.as_str(), "query": query, "body": body.into_value() })))
}
