use bff::{Json, Query, get, http::Method};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Filter {
    label: Option<String>,
}

/// Params in another order than the folders, extractors between them.
#[get]
async fn show(
    method: Method,
    number: u32,
    Query(filter): Query<Filter>,
    repo_name: String,
    org: String,
) -> Json<Value> {
    Json(json!({
        "org": org,
        "repo": repo_name,
        "number": number,
        "label": filter.label,
        "method": method.as_str(),
    }))
}
