use std::fmt;

use axum::{extract::Request, response::Response};
use http::HeaderName;

use super::{Timeouts, Upstream, path::add_query, terms::Terms};
use crate::Result;

/// The way to an upstream that a proxy sends a request: [`proxy::rewrite`](crate::proxy::rewrite) takes it. Made by
/// [`Upstream::passage`].
///
/// It is what [`forward`](super::forward()) is to a handler. Where it leads is the upstream's declaration; a request has no
/// say in it.
///
/// ```
/// use bff::{proxy, upstream::Upstream};
///
/// static SHOP: Upstream = Upstream::from_env("SHOP_URL");
///
/// let decided = proxy::rewrite(SHOP.passage().strip_prefix("/shop").without_credentials())
///     .request_header("x-tenant", "7")
///     .response_header("x-served-by", "shop");
/// ```
#[must_use = "a proxy returns `proxy::rewrite` of it"]
pub struct Passage {
    upstream: Upstream,
    terms: Terms,
}

impl Passage {
    pub(super) fn to(upstream: &Upstream) -> Self {
        Self { upstream: upstream.clone(), terms: Terms::default() }
    }

    /// Asks for this path, below the upstream's own, instead of the request's.
    ///
    /// What stands in it is taken as it is, so a value goes through [`segment`](super::segment()). A path that would
    /// climb out of the upstream's own is answered with 400.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.terms.path = Some(path.into());
        self
    }

    /// Leaves this out at the start of the request's path; a request whose path has another start is a 404.
    pub fn strip_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.terms.prefix = Some(prefix.into());
        self
    }

    /// Adds a pair to the request's query, encoded.
    pub fn query(mut self, name: impl fmt::Display, value: impl fmt::Display) -> Self {
        add_query(&mut self.terms.query, &name, &value);
        self
    }

    /// Passes on these headers of the client and no others, beside those that forwarding sets itself (RH-390).
    pub fn only_headers<I>(mut self, names: I) -> Self
    where
        I: IntoIterator,
        I::Item: TryInto<HeaderName>,
    {
        self.terms.only_headers(names);
        self
    }

    /// Passes on neither `Cookie` nor `Authorization` of the client.
    pub fn without_credentials(mut self) -> Self {
        self.terms.without_credentials();
        self
    }

    /// How long the upstream may take this time. For connecting, the upstream's own limit stays.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.terms.timeouts = Some(timeouts);
        self
    }

    /// Sends the request on, and gives the answer back.
    pub(crate) async fn take(self, request: Request) -> Result<Response> {
        Ok(self.terms.send(request, &self.upstream).await?)
    }
}

impl fmt::Debug for Passage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passage").field("upstream", &self.upstream).finish_non_exhaustive()
    }
}
