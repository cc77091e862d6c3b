use bff::{
    Json, get,
    http::HeaderMap,
    request::{self},
};
use serde_json::{Map, Value};

/// Every header of the request under its name, all lines as one.
#[get]
async fn show(headers: HeaderMap) -> Json<Map<String, Value>> {
    let names = headers.keys().map(|name| name.to_string());
    let header = |name: String| {
        let value = request::header(&headers, &name.to_uppercase())?;
        Some((name, value.into()))
    };
    Json(names.filter_map(header).collect())
}
