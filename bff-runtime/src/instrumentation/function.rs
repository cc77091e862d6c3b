use std::pin::Pin;

use super::{ErrorContext, Report, RequestInfo};
use crate::error::{Error, Result};

/// A running function of `instrumentation.rs`.
pub type OutcomeFuture = Pin<Box<dyn Future<Output = Result> + Send>>;

/// What a function of `instrumentation.rs` may return.
#[diagnostic::on_unimplemented(
    message = "`register` and `on_request_error` cannot return `{Self}`",
    label = "neither `()` nor a `Result`",
    note = "in `instrumentation.rs`: return nothing, or `bff::Result`; a future is returned by an `async fn`"
)]
pub trait Outcome {
    /// What came of it.
    fn outcome(self) -> Result;
}

impl Outcome for () {
    fn outcome(self) -> Result {
        Ok(())
    }
}

impl<E: Into<Error>> Outcome for Result<(), E> {
    fn outcome(self) -> Result {
        self.map_err(Into::into)
    }
}

/// What `on_request_error` may take.
#[diagnostic::on_unimplemented(
    message = "`on_request_error` cannot take `{Self}`",
    label = "it is told of an error, its request and its context",
    note = "in `instrumentation.rs`: take any of `&bff::Error`, `&bff::instrumentation::RequestInfo` and `&bff::instrumentation::ErrorContext`"
)]
pub trait FromReport<'a> {
    /// Takes its part.
    fn from_report(report: &'a Report) -> Self;
}

impl<'a> FromReport<'a> for &'a Error {
    fn from_report(report: &'a Report) -> Self {
        report.error()
    }
}

impl<'a> FromReport<'a> for &'a RequestInfo {
    fn from_report(report: &'a Report) -> Self {
        &report.request
    }
}

impl FromReport<'_> for RequestInfo {
    fn from_report(report: &Report) -> Self {
        report.request.clone()
    }
}

impl<'a> FromReport<'a> for &'a ErrorContext {
    fn from_report(report: &'a Report) -> Self {
        &report.context
    }
}

impl FromReport<'_> for ErrorContext {
    fn from_report(report: &Report) -> Self {
        report.context
    }
}

/// [`FromReport::from_report`], of the type that the function's signature says.
pub fn argument<'a, T: FromReport<'a>>(report: &'a Report) -> T {
    T::from_report(report)
}
