use bff::{Response, api, http::Method, pages::Reply};
use serde_json::json;

#[api]
async fn post(method: Method, id: u64, reply: Reply) -> Response {
    reply.json(&json!({ "id": id, "method": method.as_str() }))
}
