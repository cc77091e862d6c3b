use std::fmt;

use axum::{extract::Request, response::Response};
use http::HeaderName;

use super::{Timeouts, Upstream, forward};
use crate::Result;

/// The way to an upstream that a proxy sends a request: [`proxy::rewrite`](crate::proxy::rewrite) takes it. Made by
/// [`Upstream::passage`].
///
/// It is what [`forward`](forward()) is to a handler. Where it leads is the upstream's declaration; a request has no
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
    path: Option<String>,
    prefix: Option<String>,
    query: Vec<(String, String)>,
    only: Option<Vec<HeaderName>>,
    without_credentials: bool,
    timeouts: Option<Timeouts>,
}

impl Passage {
    pub(super) fn to(upstream: &Upstream) -> Self {
        Self {
            upstream: upstream.clone(),
            path: None,
            prefix: None,
            query: Vec::new(),
            only: None,
            without_credentials: false,
            timeouts: None,
        }
    }

    /// Asks for this path, below the upstream's own, instead of the request's.
    ///
    /// What stands in it is taken as it is, so a value goes through [`segment`](super::segment()). A path that would
    /// climb out of the upstream's own is answered with 400.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Leaves this out at the start of the request's path; a request whose path has another start is a 404.
    pub fn strip_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Adds a pair to the request's query, encoded.
    pub fn query(mut self, name: impl fmt::Display, value: impl fmt::Display) -> Self {
        self.query.push((name.to_string(), value.to_string()));
        self
    }

    /// Passes on these headers of the client and no others, beside those that forwarding sets itself (RH-390).
    pub fn only_headers<I>(mut self, names: I) -> Self
    where
        I: IntoIterator,
        I::Item: TryInto<HeaderName>,
    {
        self.only = Some(names.into_iter().filter_map(|name| name.try_into().ok()).collect());
        self
    }

    /// Passes on neither `Cookie` nor `Authorization` of the client.
    pub fn without_credentials(mut self) -> Self {
        self.without_credentials = true;
        self
    }

    /// How long the upstream may take this time. For connecting, the upstream's own limit stays.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = Some(timeouts);
        self
    }

    /// Sends the request on, and gives the answer back.
    pub(crate) async fn take(self, request: Request) -> Result<Response> {
        let mut forward = forward(request, &self.upstream);
        if let Some(prefix) = self.prefix {
            forward = forward.strip_prefix(prefix);
        }
        if let Some(path) = self.path {
            forward = forward.path(path);
        }
        for (name, value) in self.query {
            forward = forward.query(name, value);
        }
        if let Some(only) = self.only {
            forward = forward.only_headers(only);
        }
        if self.without_credentials {
            forward = forward.without_credentials();
        }
        if let Some(timeouts) = self.timeouts {
            forward = forward.timeouts(timeouts);
        }
        forward.await
    }
}

impl fmt::Debug for Passage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passage").field("upstream", &self.upstream).finish_non_exhaustive()
    }
}
