use std::{fmt, pin::Pin};

use axum::{extract::Request, response::Response};
use http::{HeaderName, HeaderValue};

use super::{Timeouts, Upstream, path::add_query, terms::Terms};
use crate::Result;

/// Passes a request on to an upstream and its response back, both of them streamed.
///
/// ```no_run
/// use bff::{Request, Response, Result, upstream::{Upstream, forward}};
///
/// static CATALOG: Upstream = Upstream::from_env("CATALOG_URL");
///
/// // app/api/[...path]/route.rs
/// async fn api(request: Request) -> Result<Response> {
///     forward(request, &CATALOG).strip_prefix("/api").await
/// }
/// ```
///
/// **All headers are passed on, `Cookie` and `Authorization` among them** (RW-30): forward to services that may see
/// them, or say [`without_credentials`](Forward::without_credentials) or, better, which headers the service needs:
/// [`only_headers`](Forward::only_headers) (RH-390). Not passed on is what belongs to the connection (RFC 9110
/// section 7.6.1), and what the client says about its own address: `X-Forwarded-For`, `-Host`, `-Proto` and
/// `Forwarded` are set anew. `Host` becomes the upstream's.
///
/// Path and query arrive as they were sent, byte for byte (RW-33). The response comes back as it is, with every
/// `Set-Cookie`, with redirects that are not followed, with trailers (RW-31). WebSockets are connected (RW-36).
///
/// When the client leaves, the exchange with the upstream ends; when the upstream breaks off, the client's
/// response does (RW-35). A request is sent a second time only when nothing of it had been sent, because a kept
/// connection was closed, and only when its method is idempotent.
///
/// # Errors
/// 502 when the upstream cannot be reached or does not speak HTTP, 504 when it takes longer than its
/// [`Timeouts`]; 400 for a path that would leave the upstream's own; 508 for a request that has come back.
pub fn forward(request: Request, upstream: &Upstream) -> Forward<'_> {
    Forward { request, upstream, terms: Terms::default() }
}

/// A request on its way to an upstream; `.await` sends it. Made by [`forward`].
#[must_use = "a request is forwarded when it is awaited"]
pub struct Forward<'a> {
    request: Request,
    upstream: &'a Upstream,
    terms: Terms,
}

impl Forward<'_> {
    /// Asks for this path, below the upstream's own, instead of the request's.
    ///
    /// What stands in it is taken as it is, so a value goes through [`segment`](super::segment()).
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.terms.path = Some(path.into());
        self
    }

    /// Leaves this out at the start of the request's path; a request whose path has another start is a 404.
    pub fn strip_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.terms.prefix = Some(prefix.into());
        self
    }

    /// Adds a pair to the request's query.
    pub fn query(mut self, name: impl fmt::Display, value: impl fmt::Display) -> Self {
        add_query(&mut self.terms.query, &name, &value);
        self
    }

    /// Sets a header of the request, in place of what the client sent under that name.
    ///
    /// What cannot be sent as a header makes the forwarding fail with a 500.
    pub fn header(
        mut self,
        name: impl TryInto<HeaderName>,
        value: impl TryInto<HeaderValue>,
    ) -> Self {
        self.terms.set_header(name, value);
        self
    }

    /// Does not pass this header on.
    pub fn remove_header(mut self, name: impl TryInto<HeaderName>) -> Self {
        self.terms.remove_header(name);
        self
    }

    /// Passes on these headers of the client and no others (RH-390).
    ///
    /// What forwarding sets itself comes on top, `Content-Type` and `Content-Encoding` among it: without them a
    /// body means nothing.
    pub fn only_headers<I>(mut self, names: I) -> Self
    where
        I: IntoIterator,
        I::Item: TryInto<HeaderName>,
    {
        self.terms.only_headers(names);
        self
    }

    /// Passes on neither `Cookie` nor `Authorization`. One that [`header`](Self::header) sets is sent.
    pub fn without_credentials(mut self) -> Self {
        self.terms.without_credentials();
        self
    }

    /// How long the upstream may take this time. For connecting, the upstream's own limit stays.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.terms.timeouts = Some(timeouts);
        self
    }
}

impl<'a> IntoFuture for Forward<'a> {
    type Output = Result<Response>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(self.terms.send(self.request, self.upstream).await?) })
    }
}

impl fmt::Debug for Forward<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Forward").field("upstream", self.upstream).finish_non_exhaustive()
    }
}
