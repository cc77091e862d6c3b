use bff::{
    IntoResponse, Json, Response, get,
    http::HeaderMap,
    options, put,
    request::header,
    response::{ResponseExt, json, no_content},
};
use serde::{Deserialize, Serialize};

/// Pages of these origins may call; the others get an answer that their browser does not show them.
const ORIGINS: [&str; 2] = ["https://app.example.com", "http://localhost:5173"];

#[derive(Deserialize, Serialize)]
struct Settings {
    theme: String,
}

#[get]
async fn show(headers: HeaderMap) -> Response {
    shared(&headers, json(Settings { theme: "dark".to_owned() }))
}

#[put]
async fn replace(headers: HeaderMap, Json(settings): Json<Settings>) -> Response {
    shared(&headers, json(settings))
}

/// What a browser asks beforehand. The automatic OPTIONS says what there is, but not who may call it.
#[options]
async fn preflight(headers: HeaderMap) -> Response {
    shared(&headers, no_content())
        .with_header("access-control-allow-methods", "GET, PUT")
        .with_header("access-control-allow-headers", "content-type")
        .with_header("access-control-max-age", "600")
}

/// The answer depends on the origin, which caches have to know even when there was none.
fn shared(headers: &HeaderMap, response: impl IntoResponse) -> Response {
    let response = response.with_appended_header("vary", "origin");
    match header(headers, "origin") {
        Some(origin) if ORIGINS.contains(&&*origin) => {
            response.with_header("access-control-allow-origin", &*origin)
        }
        _ => response,
    }
}
