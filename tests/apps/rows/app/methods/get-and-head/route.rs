use bff::{IntoResponse, get, head};

#[get]
async fn show() -> impl IntoResponse {
    ([("x-from", "get")], "from get")
}

/// The body is written, yet never sent.
#[head]
async fn probe() -> impl IntoResponse {
    ([("x-from", "head"), ("content-type", "application/json")], r#"{"from":"head"}"#)
}
