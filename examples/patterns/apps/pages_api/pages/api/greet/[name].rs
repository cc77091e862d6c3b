use bff::{
    Response, api,
    http::{Method, StatusCode, header},
    pages::{Body, Reply},
    response::ResponseExt,
};
use serde_json::json;

/// Every method comes here, so the refusal of the others is ours too.
#[api]
async fn greet(name: String, method: Method, reply: Reply, body: Body) -> Response {
    match method {
        Method::GET | Method::HEAD => reply.json(&json!({ "greeting": "Hello", "name": name })),
        Method::POST => {
            let body = body.into_value();
            reply.json(&json!({ "greeting": body["greeting"], "name": name }))
        }
        _ => reply
            .status(StatusCode::METHOD_NOT_ALLOWED)
            .send(())
            .with_header(header::ALLOW, "GET, HEAD, POST"),
    }
}
