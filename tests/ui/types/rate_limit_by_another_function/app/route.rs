use bff::{get, http::HeaderMap};

#[get(rate_limit = "10/min by fn tenant")]
fn index() -> &'static str {
    "hello"
}

fn tenant(headers: &HeaderMap) -> Option<String> {
    Some(headers.len().to_string())
}
