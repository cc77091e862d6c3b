use bff::{axum::body::Bytes, http::HeaderName, post, put};

#[post]
async fn read(body: Bytes) -> ([(HeaderName, &'static str); 1], String) {
    ([(HeaderName::from_static("x-own"), "handler")], body.len().to_string())
}

#[put(body_limit = "30B")]
async fn read_more(body: Bytes) -> String {
    body.len().to_string()
}
