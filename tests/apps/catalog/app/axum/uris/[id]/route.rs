//! What the handler is told about the URL, through the slower way with axum's own router inside.

use bff::{
    Json,
    axum::extract::{MatchedPath, OriginalUri},
    get,
    http::Uri,
};
use serde_json::{Value, json};

#[get]
async fn show(
    id: String,
    uri: Uri,
    OriginalUri(original): OriginalUri,
    matched: MatchedPath,
) -> Json<Value> {
    Json(json!({
        "id": id,
        "uri": uri.to_string(),
        "original": original.to_string(),
        "matched": matched.as_str(),
    }))
}
