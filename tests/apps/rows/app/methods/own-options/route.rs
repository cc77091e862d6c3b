use bff::{IntoResponse, get, options};

#[get]
async fn show() -> &'static str {
    "shown"
}

#[options]
async fn explain() -> impl IntoResponse {
    ([("x-from", "options")], "my own options")
}
