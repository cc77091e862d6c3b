use http::{Method, StatusCode};
use tracing::{Level, Span, field};

use crate::request_id::RequestId;

/// Where the spans of requests come from, for a filter: `BFF_LOG=info,bff::request=debug`.
const TARGET: &str = "bff::request";

/// Whether anybody listens. The answer is a look at a static where the level of the program is `info` or less.
#[inline]
pub(super) fn is_enabled() -> bool {
    tracing::span_enabled!(target: TARGET, Level::DEBUG)
}

/// The span of a request, with the names that OpenTelemetry has for its fields (RH-423). It is named for the
/// route, of which there are few, and not for the path, of which there is no end.
pub(super) fn of(method: &Method, id: &RequestId) -> Span {
    tracing::debug_span!(
        target: TARGET,
        "request",
        otel.name = field::Empty,
        otel.kind = "server",
        otel.status_code = field::Empty,
        http.request.method = %method,
        http.route = field::Empty,
        http.response.status_code = field::Empty,
        "error.type" = field::Empty,
        request_id = %id,
    )
}

pub(super) fn routed(span: &Span, method: &Method, route: &'static str) {
    if !span.is_disabled() {
        span.record("http.route", route);
        span.record("otel.name", field::display(format_args!("{method} {route}")));
    }
}

pub(super) fn answered(span: &Span, status: StatusCode) {
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
        span.record("error.type", status.as_str());
    }
}
