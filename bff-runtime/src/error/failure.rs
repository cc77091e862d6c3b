//! The 500 that nobody chose.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::{Error, Problem};

/// Why a handler did not get to its end.
#[derive(Debug)]
pub(crate) struct Failure {
    error: Error,
    panicked: bool,
    told: AtomicBool,
}

impl Failure {
    /// What went wrong.
    pub(crate) fn error(&self) -> &Error {
        &self.error
    }

    /// True when it was a panic.
    pub(crate) fn panicked(&self) -> bool {
        self.panicked
    }

    /// Whether somebody was told of it before; from here on somebody was.
    pub(crate) fn is_told(&self) -> bool {
        self.told.swap(true, Ordering::Relaxed)
    }
}

/// On a response: the handler did not get to its end.
#[derive(Clone)]
struct Failed(Arc<Failure>);

/// The answer to a failure: 500 without detail (RH-074). What the handler prepared for its own answer is not
/// for this one (RH-077), and only a mark tells it from a 500 that was returned on purpose.
pub(crate) fn failure(error: Error) -> Response {
    failed(error, false)
}

/// The same, of a panic with this text.
pub(crate) fn panic(text: &str) -> Response {
    failed(Error::msg(text), true)
}

fn failed(error: Error, panicked: bool) -> Response {
    let mut response = Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into_response();
    mark(&mut response, error, panicked);
    response
}

/// Says of a response that the handler did not get to its end, and why.
pub(crate) fn mark_failure(response: &mut Response, error: Error) {
    mark(response, error, false);
}

fn mark(response: &mut Response, error: Error, panicked: bool) {
    let failure = Failure { error, panicked, told: AtomicBool::new(false) };
    response.extensions_mut().insert(Failed(Arc::new(failure)));
}

/// Makes it an answer like any other, for code around the handler that did get to its end.
pub(crate) fn forget_failure(response: &mut Response) {
    response.extensions_mut().remove::<Failed>();
}

pub(crate) fn is_failure(response: &Response) -> bool {
    failure_of(response).is_some()
}

/// What went wrong, of the answer to a failure.
pub(crate) fn failure_of(response: &Response) -> Option<&Arc<Failure>> {
    response.extensions().get::<Failed>().map(|Failed(failure)| failure)
}
