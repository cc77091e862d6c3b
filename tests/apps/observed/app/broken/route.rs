use bff::{Response, http::StatusCode};

/// A response that HTTP does not have.
#[bff::get]
async fn broken() -> Response {
    let mut response = Response::new("a body".into());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}
