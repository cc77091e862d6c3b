use bff::{get, http::HeaderMap};

#[get(require = admin)]
fn index() -> &'static str {
    "hello"
}

async fn admin(headers: HeaderMap) -> bool {
    headers.contains_key("x-admin")
}
