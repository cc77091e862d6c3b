use bff::{delete, get, http::Method, post};

/// One function under several methods.
#[get]
#[post]
#[delete]
async fn any(method: Method) -> String {
    format!("called with {method}")
}
