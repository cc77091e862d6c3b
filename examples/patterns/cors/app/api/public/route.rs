use bff::{
    Response, ResponseExt, get,
    http::HeaderMap,
    options,
    response::{json, no_content},
};

const ORIGINS: [&str; 2] = ["https://app.example.com", "http://localhost:5173"];

#[get]
async fn read(headers: HeaderMap) -> Response {
    allowed(json(["for everybody we know"]).with_header("vary", "origin"), &headers)
}

/// Without this function OPTIONS is answered with `Allow` alone.
#[options]
async fn preflight(headers: HeaderMap) -> Response {
    let response = no_content()
        .with_header("access-control-allow-methods", "GET")
        .with_header("access-control-max-age", "600")
        .with_header("vary", "origin");
    allowed(response, &headers)
}

fn allowed(response: Response, headers: &HeaderMap) -> Response {
    let origin = headers.get("origin").and_then(|origin| origin.to_str().ok());
    match origin.filter(|origin| ORIGINS.contains(origin)) {
        Some(origin) => response.with_header("access-control-allow-origin", origin),
        None => response,
    }
}
