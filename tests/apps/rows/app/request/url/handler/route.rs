use bff::{Json, Request, RequestExt, get};
use serde_json::{Value, json};

/// What the methods of a request say.
#[get]
async fn show(request: Request) -> Json<Value> {
    let url = request.url();
    Json(json!({
        "href": url.href(),
        "base_path": url.base_path(),
        "path": url.path(),
        "query": url.query().iter().collect::<Vec<_>>(),
        "origin": request.public_origin().to_string(),
        "rewritten": url.rewritten().map(|url| url.to_string()),
        "uri": request.uri().to_string(),
    }))
}
