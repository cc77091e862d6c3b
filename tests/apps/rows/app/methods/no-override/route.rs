use bff::{delete, get, post};

#[get]
async fn show() -> &'static str {
    "GET"
}

#[post]
async fn create() -> &'static str {
    "POST"
}

#[delete]
async fn remove() -> &'static str {
    "DELETE"
}
