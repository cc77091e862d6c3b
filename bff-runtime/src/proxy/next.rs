use std::{fmt, sync::Arc};

use axum::{extract::Request, response::Response};

use crate::{
    error::forget_failure,
    routing::ResponseFuture,
    scope::{self, Scope},
};

/// What comes after the proxy: the route, for a proxy around the handler.
///
/// ```text
/// #[bff::proxy]
/// async fn proxy(request: Request, next: Next) -> Response {
///     let started = std::time::Instant::now();
///     let response = next.run(request).await;
///     tracing::info!(status = response.status().as_u16(), elapsed = ?started.elapsed());
///     response
/// }
/// ```
///
/// It runs once: [`run`](Self::run) takes it. A proxy that drops it has answered itself.
#[must_use = "the handler runs when `run` is called"]
pub struct Next(Arc<dyn Continue>);

/// A way on for a request.
pub(crate) trait Continue: Send + Sync {
    fn go_on(&self, request: Request) -> ResponseFuture;
}

impl Next {
    pub(crate) fn new(continuation: Arc<dyn Continue>) -> Self {
        Self(continuation)
    }

    /// Answers the request as if there were no proxy; the response may be a 404 or the 500 of a handler that
    /// failed. To send it to another path, use [`request::rewrite`](crate::request::rewrite) before.
    pub async fn run(self, mut request: Request) -> Response {
        if let Some(scope) = scope::existing() {
            show(&scope, &mut request);
        }
        let mut response = self.0.go_on(request).await;
        // It was the handler that failed: what the proxy has set is for this response, too.
        forget_failure(&mut response);
        response
    }
}

/// What the proxy has set is there for what comes next: cookies (PX-65), and the one id of the request.
fn show(scope: &Scope, request: &mut Request) {
    if let Some(cookies) = scope.cookies.get() {
        cookies.show_changes(request.headers_mut());
    }
    if let Some(id) = scope.request_id.get() {
        request.headers_mut().remove("x-request-id");
        id.put_on(request.headers_mut());
    }
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Next")
    }
}
