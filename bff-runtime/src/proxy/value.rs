use std::{fmt, sync::Arc};

use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};

use super::{IntoProxied, Next, carry_out::carry_out};
use crate::routing::HandlerFuture;

/// A proxy as a value, for libraries that bring proxies ready-made.
///
/// A plain `fn` in `proxy.rs` that returns `impl bff::proxy::Proxy` is a *factory*: it runs once, when the router is
/// built, and its value runs for the requests of the matcher. It may take `State`.
///
/// ```text
/// // proxy.rs
/// #[bff::proxy(matcher = "/admin/:path*")]
/// fn proxy(State(config): State<Config>) -> impl bff::proxy::Proxy {
///     some_library::gate(config.password)
/// }
/// ```
///
/// Closures from a request and [`Next`] to a response are proxies, as the second form of the function is:
///
/// ```
/// use bff::{Request, Response, proxy::{Next, Proxy}};
///
/// pub fn stamped(stamp: bff::http::HeaderValue) -> impl Proxy {
///     move |request: Request, next: Next| {
///         let stamp = stamp.clone();
///         async move {
///             let mut response: Response = next.run(request).await;
///             response.headers_mut().insert("x-stamp", stamp);
///             response
///         }
///     }
/// }
/// ```
///
/// What decides first, on the head of the request alone, is made a proxy by [`decide`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `bff::proxy::Proxy`",
    label = "not a proxy",
    note = "return a closure `|request: bff::Request, next: bff::proxy::Next| async move {{ … }}` whose result implements `IntoResponse`",
    note = "or `bff::proxy::decide(|request: bff::Request| async move {{ … }})`, whose result is a `Proxied`"
)]
pub trait Proxy: Send + Sync + 'static {
    /// Answers one request, by what comes next or itself.
    fn call(&self, request: Request, next: Next) -> impl Future<Output = Response> + Send;
}

#[diagnostic::do_not_recommend]
impl<F, Fut, R> Proxy for F
where
    F: Fn(Request, Next) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = R> + Send,
    R: IntoResponse,
{
    async fn call(&self, request: Request, next: Next) -> Response {
        self(request, next).await.into_response()
    }
}

/// A [`Proxy`] that decides first: `decide` gets the head of the request, as a [`Request`] whose body is empty, and
/// returns a [`Proxied`](super::Proxied) or a `Result` of one. The body goes through untouched (PX-27).
///
/// ```
/// use bff::{Request, RequestExt, proxy::{self, Proxied, Proxy}};
///
/// pub fn gate(login: &'static str) -> impl Proxy {
///     proxy::decide(move |request: Request| async move {
///         match request.cookies().get("session") {
///             Some(_) => proxy::next(),
///             None => proxy::redirect(login),
///         }
///     })
/// }
/// ```
pub fn decide<F, Fut>(decide: F) -> impl Proxy
where
    F: Fn(Request) -> Fut + Send + Sync + 'static,
    Fut: Future<Output: IntoProxied> + Send,
{
    let decide = Arc::new(decide);
    move |request: Request, next: Next| {
        let decide = Arc::clone(&decide);
        async move {
            let (parts, body) = request.into_parts();
            let proxied = decide(Request::from_parts(parts.clone(), Body::empty())).await;
            match proxied.into_proxied() {
                Ok(proxied) => carry_out(proxied, Request::from_parts(parts, body), next).await,
                Err(response) => response,
            }
        }
    }
}

/// A proxy of any type, as the pipeline keeps it.
pub struct SharedProxy(Arc<dyn Fn(Request, Next) -> HandlerFuture + Send + Sync>);

impl SharedProxy {
    /// Wraps what a factory made.
    pub fn new(proxy: impl Proxy) -> Self {
        let proxy = Arc::new(proxy);
        Self(Arc::new(move |request, next| {
            let proxy = Arc::clone(&proxy);
            Box::pin(async move { Ok(proxy.call(request, next).await) })
        }))
    }

    pub(super) fn call(&self, request: Request, next: Next) -> HandlerFuture {
        (self.0)(request, next)
    }
}

impl fmt::Debug for SharedProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedProxy")
    }
}
