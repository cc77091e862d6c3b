//! The 500 that nobody chose.

use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::Problem;

/// On a response: the handler did not get to its end.
#[derive(Clone, Copy)]
struct Failed;

/// The answer to a failure: 500 without detail (RH-074). What the handler prepared for its own answer is not
/// for this one (RH-077), and only a mark tells it from a 500 that was returned on purpose.
pub(crate) fn failure() -> Response {
    let mut response = Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into_response();
    mark_failure(&mut response);
    response
}

/// Says of a response that the handler did not get to its end.
pub(crate) fn mark_failure(response: &mut Response) {
    response.extensions_mut().insert(Failed);
}

/// Makes it an answer like any other, for code around the handler that did get to its end.
pub(crate) fn forget_failure(response: &mut Response) {
    response.extensions_mut().remove::<Failed>();
}

pub(crate) fn is_failure(response: &Response) -> bool {
    response.extensions().get::<Failed>().is_some()
}
