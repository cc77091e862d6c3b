use std::{fmt, sync::Arc};

use http::Method;

use crate::{
    error::{Error, Failure},
    observe::Observed,
    request_id::RequestId,
    routing::Route,
};

/// The request of an error, as far as it may be told to others: no headers, no body, and a URL in which values with
/// the names of secrets (`token`, `code`, `password`, `signature`, …) are masked.
///
/// ```
/// use bff::instrumentation::RequestInfo;
///
/// pub async fn on_request_error(error: &bff::Error, request: &RequestInfo) {
///     eprintln!("{request} ({}): {error}", request.request_id());
/// }
/// ```
#[derive(Clone, Debug)]
pub struct RequestInfo {
    method: Method,
    path: String,
    query: Option<String>,
    id: RequestId,
}

impl RequestInfo {
    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path as the client sent it, without the query. A param whose name is that of a secret is masked:
    /// `/reset/[redacted]` for the route `/reset/{token}`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query, when there is one; values of secrets are masked: `page=2&token=[redacted]`.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The id of the request, which the client finds as `x-request-id` on its response.
    pub fn request_id(&self) -> &RequestId {
        &self.id
    }
}

/// `GET /posts?page=2`
impl fmt::Display for RequestInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, query, id: _ } = self;
        write!(f, "{method} {path}")?;
        query.as_ref().map_or(Ok(()), |query| write!(f, "?{query}"))
    }
}

/// Where in the app an error happened.
///
/// ```
/// use bff::instrumentation::{ErrorContext, ErrorKind};
///
/// pub fn on_request_error(context: &ErrorContext) {
///     let place = match context.kind() {
///         ErrorKind::Proxy => "the proxy",
///         _ => context.route().unwrap_or("a route"),
///     };
///     eprintln!("{place} {}", if context.is_panic() { "panicked" } else { "failed" });
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ErrorContext {
    kind: ErrorKind,
    route: Option<&'static str>,
    file: &'static str,
    panicked: bool,
}

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The handler of a route, or an extractor in front of it.
    Handler,
    /// The function of `proxy.rs`.
    Proxy,
    /// A rewrite of `bff.toml` that leads to an upstream.
    Rewrite,
    /// A file of `public/`, which cannot be read.
    File,
}

impl ErrorContext {
    /// What failed.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The pattern of the route: `/posts/{id}`. Only a [`Handler`](ErrorKind::Handler) has one.
    pub fn route(&self) -> Option<&'static str> {
        self.route
    }

    /// The file with the function or the rule that failed, relative to the package: `app/posts/[id]/route.rs`,
    /// `proxy.rs`, `bff.toml`; `public/` for a file of that folder.
    pub fn file(&self) -> &'static str {
        self.file
    }

    /// True when it was a panic; its text is the error.
    pub fn is_panic(&self) -> bool {
        self.panicked
    }
}

/// All that `on_request_error` can be told.
#[derive(Debug)]
pub struct Report {
    failure: Arc<Failure>,
    pub(super) request: RequestInfo,
    pub(super) context: ErrorContext,
}

impl Report {
    pub(super) fn new(observed: &Observed, failure: Arc<Failure>, route: &'static Route) -> Self {
        let request = RequestInfo {
            method: observed.method().clone(),
            path: observed.path(),
            query: observed.query(),
            id: observed.id().clone(),
        };
        let context = ErrorContext {
            kind: route.kind(),
            route: (route.kind() == ErrorKind::Handler).then(|| route.pattern()),
            file: route.file(),
            panicked: failure.panicked(),
        };
        Self { failure, request, context }
    }

    pub(super) fn error(&self) -> &Error {
        self.failure.error()
    }
}
