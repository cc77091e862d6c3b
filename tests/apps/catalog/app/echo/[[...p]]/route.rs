//! Answers with what it was called with, so that a test sees what a handler sees.

use bff::{
    Json, delete, get, head,
    http::{Method, Uri},
    post, put,
};
use serde_json::{Value, json};

#[get]
async fn show(p: Option<Vec<String>>, uri: Uri) -> Json<Value> {
    Json(json!({ "p": p, "uri": uri.to_string() }))
}

#[head]
async fn probe(method: Method) -> [(&'static str, String); 1] {
    [("x-method", method.to_string())]
}

#[post]
#[put]
#[delete]
async fn write(p: Option<Vec<String>>, uri: Uri, body: String) -> Json<Value> {
    Json(json!({ "p": p, "uri": uri.to_string(), "body": body }))
}
