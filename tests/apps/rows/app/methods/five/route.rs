use bff::{delete, get, patch, post, put};

#[get]
async fn show() -> &'static str {
    "GET"
}

#[post]
async fn create() -> &'static str {
    "POST"
}

#[put]
async fn replace() -> &'static str {
    "PUT"
}

#[patch]
async fn edit() -> &'static str {
    "PATCH"
}

#[delete]
async fn remove() -> &'static str {
    "DELETE"
}
