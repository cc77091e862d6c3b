use bff::{IntoResponse, Response, get, post, put, request_id::RequestId};

/// Two arguments have the same id.
#[get]
async fn show(first: RequestId, second: RequestId) -> String {
    format!("{first} {}", second.as_str())
}

/// The id is on the answer to a failure too.
#[post]
async fn create(_: RequestId) -> &'static str {
    panic!("secret")
}

/// The handler's own header stays.
#[put]
async fn replace(id: RequestId) -> Response {
    ([("x-request-id", "my own")], id.to_string()).into_response()
}

/// Nobody asks.
#[bff::delete]
async fn delete() -> &'static str {
    "none"
}
