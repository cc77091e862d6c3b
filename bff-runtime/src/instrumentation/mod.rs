//! `instrumentation.rs`: what starts with the app, and who hears of its errors; and what an app tells by itself.
//!
//! The file stands beside the app folder. Both of its functions are optional, `async` or not:
//!
//! ```text
//! // instrumentation.rs
//! use bff::instrumentation::{ErrorContext, RequestInfo};
//!
//! /// Runs once, before the server listens.
//! pub async fn register() -> bff::Result {
//!     telemetry::connect(&bff::env::var("COLLECTOR_URL")?).await?;
//!     Ok(())
//! }
//!
//! /// Is told of each error that nobody chose to answer with.
//! pub async fn on_request_error(error: &bff::Error, request: &RequestInfo, context: &ErrorContext) {
//!     alarms::send(request.request_id().as_str(), context.route(), &error.to_string()).await;
//! }
//! ```
//!
//! # `register`
//!
//! [`bff::serve`](crate::serve()) runs it before it listens, once for each process (IN-01). When it fails, `serve`
//! gives its error and the server does not listen, so that an orchestrator notices. Where a router is served by
//! something else, as in a test, nobody runs it but `app::register().await`; also that runs it once.
//!
//! # `on_request_error`
//!
//! It is told of errors that a handler or the proxy failed with (`?` on anything that is no
//! [`Problem`](crate::Problem)), of panics, of handlers that took longer than their `timeout`, and of responses
//! that could not be sent (IN-02, RH-421). A 500 that a handler returns as such is its answer and no error. It takes
//! any of these, by reference, in any order:
//!
//! | argument | |
//! |---|---|
//! | [`&bff::Error`](crate::Error) | what went wrong; [`source`](crate::Error::source) is the error that `?` was used on |
//! | [`&RequestInfo`](RequestInfo) | method, path, query and request id; secrets in the URL are masked |
//! | [`&ErrorContext`](ErrorContext) | what failed, its route and file, whether it was a panic |
//!
//! It runs as a task of its own, so the response does not wait for it; a server that stops does. It has 30 seconds.
//! What goes wrong in it, a panic too, is logged. While 128 of them run, further errors are only logged.
//!
//! # Spans
//!
//! Each request that comes to a route is in a [`tracing`](https://docs.rs/tracing) span `request`, target
//! `bff::request`, level `DEBUG`. It costs nothing unless a subscriber wants it: `BFF_LOG=info,bff::request=debug`.
//! Its fields are those of OpenTelemetry (RH-423):
//!
//! | field | |
//! |---|---|
//! | `otel.name` | `GET /posts/{id}`: the method and the pattern of the route, never the path |
//! | `otel.kind` | `server` |
//! | `http.request.method` | |
//! | `http.route` | the pattern; none when no route was found |
//! | `http.response.status_code` | |
//! | `otel.status_code`, `error.type` | `ERROR` and the status, from 500 on |
//! | `request_id` | see [`request_id`](crate::request_id) |
//!
//! The headers `traceparent` and `tracestate` are passed on to upstreams like any other, and not read.
//!
//! # Access log
//!
//! [`access_log`](crate::server::Serve::access_log) writes a line for each request.

mod apps;
mod entry;
mod function;
mod report;
mod tell;

pub use self::report::{ErrorContext, ErrorKind, RequestInfo};

pub(crate) use self::{
    apps::{built, is_claimed, register},
    tell::tell,
};
#[doc(hidden)]
pub use self::{
    entry::{Instrumentation, instrumented},
    function::{FromReport, Outcome, OutcomeFuture, argument},
    report::Report,
};

#[cfg(test)]
mod tests;
