use bff::{get, http::HeaderMap};

#[get]
async fn index(headers: HeaderMap) -> String {
    headers.len().to_string()
}
