use bff::{
    Json, get,
    http::Uri,
    request::{PublicOrigin, Url},
};
use serde_json::{Value, json};

/// What the extractors say.
#[get]
async fn show(url: Url, PublicOrigin(origin): PublicOrigin, uri: Uri) -> Json<Value> {
    Json(json!({
        "href": url.href(),
        "base_path": url.base_path(),
        "path": url.path(),
        "query": url.query().iter().collect::<Vec<_>>(),
        "origin": origin.to_string(),
        "rewritten": url.rewritten().map(|url| url.to_string()),
        "uri": uri.to_string(),
    }))
}
