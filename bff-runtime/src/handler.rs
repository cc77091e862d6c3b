//! [`Handler`]: a value that answers requests, for libraries that bring handlers ready-made.
//!
//! Values are composed as functions are (RH-410), and any tower layer goes around one:
//!
//! ```
//! use bff::{Handler, IntoResponse, Request, handler, http::StatusCode};
//!
//! /// Only requests with this token reach the handler.
//! pub fn with_token(token: &'static str, inner: impl Handler) -> impl Handler {
//!     let inner = std::sync::Arc::new(inner);
//!     move |request: Request| {
//!         let inner = std::sync::Arc::clone(&inner);
//!         async move {
//!             match request.headers().get("x-token") {
//!                 Some(sent) if sent == token => inner.call(request).await,
//!                 _ => StatusCode::UNAUTHORIZED.into_response(),
//!             }
//!         }
//!     }
//! }
//!
//! // #[get] in a route file
//! fn report() -> impl Handler {
//!     let compression = bff::axum::middleware::map_response(|it: bff::Response| async { it });
//!     with_token("…", handler::layered(compression, |_: Request| async { "the report" }))
//! }
//! ```

mod layered;

use std::{fmt, sync::Arc};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use tower::{Service, ServiceExt};

pub use self::layered::{HandlerService, layered};

use crate::routing::HandlerFuture;

/// A value that answers requests of any method (RH-409).
///
/// A plain `fn` in a route file that returns `impl bff::Handler` is a *factory*: it runs once, when the router
/// is built, and its value serves every method that its attributes name. Closures from a request to a response
/// are handlers:
///
/// ```
/// use bff::{Handler, Request};
///
/// pub fn echo_method() -> impl Handler {
///     |request: Request| async move { format!("you sent {}", request.method()) }
/// }
/// ```
///
/// The request is an ordinary axum request: `request.extract_parts::<Path<…>>()` finds the route's params.
///
/// Not to be confused with [`axum::handler::Handler`], which is an async function with extractors.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `bff::Handler`",
    label = "not a handler",
    note = "return a closure `|request: bff::Request| async move {{ … }}` whose result implements `IntoResponse`, or a type that implements `bff::Handler`"
)]
pub trait Handler: Send + Sync + 'static {
    /// Answers one request.
    fn call(&self, request: Request) -> impl Future<Output = Response> + Send;
}

#[diagnostic::do_not_recommend]
impl<F, Fut, R> Handler for F
where
    F: Fn(Request) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = R> + Send,
    R: IntoResponse,
{
    async fn call(&self, request: Request) -> Response {
        self(request).await.into_response()
    }
}

/// A tower service as a [`Handler`], cloned for each request.
///
/// A router that is used this way sees the whole path, and the params of the route beside its own.
///
/// ```
/// use bff::{Handler, handler};
///
/// fn files() -> impl Handler {
///     handler::service(bff::axum::Router::new())
/// }
/// ```
pub fn service<T>(service: T) -> impl Handler
where
    T: Service<Request> + Clone + Send + Sync + 'static,
    T::Response: IntoResponse,
    T::Error: IntoResponse,
    T::Future: Send,
{
    move |request: Request| {
        let service = service.clone();
        async move {
            match service.oneshot(request).await {
                Ok(response) => response.into_response(),
                Err(error) => error.into_response(),
            }
        }
    }
}

/// A handler value of any type, as the router keeps it.
#[derive(Clone)]
pub struct SharedHandler(Arc<dyn Fn(Request) -> HandlerFuture + Send + Sync>);

impl SharedHandler {
    /// Wraps what a factory made.
    pub fn new(handler: impl Handler) -> Self {
        let handler = Arc::new(handler);
        Self(Arc::new(move |request| {
            let handler = Arc::clone(&handler);
            Box::pin(async move { Ok(handler.call(request).await) })
        }))
    }

    pub(crate) fn call(&self, request: Request) -> HandlerFuture {
        (self.0)(request)
    }
}

impl fmt::Debug for SharedHandler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedHandler")
    }
}
