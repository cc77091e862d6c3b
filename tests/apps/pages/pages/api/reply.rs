use bff::{Query, Response, api, http::StatusCode, pages::Reply};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    kind: String,
    status: Option<u16>,
}

#[api]
async fn reply(Query(wanted): Query<Wanted>, reply: Reply) -> Response {
    let status = wanted.status.and_then(|status| StatusCode::from_u16(status).ok());
    let reply = reply.status(status.unwrap_or_default());
    match &*wanted.kind {
        "json" => reply.json(&json!({ "a": [1, null] })),
        "null" => reply.json(&()),
        "text" => reply.send("text"),
        "bytes" => reply.send(b"bytes".to_vec()),
        "number" => reply.send(json!(7)),
        _ => reply.send(()),
    }
}
