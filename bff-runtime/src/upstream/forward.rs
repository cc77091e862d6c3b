use std::{fmt, pin::Pin};

use axum::{extract::Request, response::Response};
use http::{HeaderName, HeaderValue, Method, StatusCode, Version, header, request::Parts};
use http_body::Body as _;
use hyper::upgrade::OnUpgrade;

use super::{
    Upstream,
    error::{Kind, UpstreamError},
    forwarded, hop_by_hop,
    path::{add_query, encoded},
    relay::{relay, switch},
    request_headers::{join_cookies, requested_host, selected},
    send::send,
    timeouts::Timeouts,
    via,
};
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
    Forward {
        request,
        upstream,
        path: None,
        prefix: None,
        query: String::new(),
        edits: Vec::new(),
        only: None,
        timeouts: upstream.declared_timeouts(),
    }
}

/// A request on its way to an upstream; `.await` sends it. Made by [`forward`].
#[must_use = "a request is forwarded when it is awaited"]
pub struct Forward<'a> {
    request: Request,
    upstream: &'a Upstream,
    path: Option<String>,
    prefix: Option<String>,
    query: String,
    edits: Vec<Edit>,
    only: Option<Vec<HeaderName>>,
    timeouts: Timeouts,
}

enum Edit {
    Set(HeaderName, HeaderValue),
    Remove(HeaderName),
    /// What was to be set cannot be sent.
    Invalid,
}

impl Forward<'_> {
    /// Asks for this path, below the upstream's own, instead of the request's.
    ///
    /// What stands in it is taken as it is, so a value goes through [`segment`](super::segment()).
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Leaves this out at the start of the request's path; a request whose path has another start is a 404.
    pub fn strip_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Adds a pair to the request's query.
    pub fn query(mut self, name: impl fmt::Display, value: impl fmt::Display) -> Self {
        add_query(&mut self.query, &name, &value);
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
        self.edits.push(match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(value)) => Edit::Set(name, value),
            _ => Edit::Invalid,
        });
        self
    }

    /// Does not pass this header on.
    pub fn remove_header(mut self, name: impl TryInto<HeaderName>) -> Self {
        // What is no name is the name of no header.
        self.edits.extend(name.try_into().ok().map(Edit::Remove));
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
        self.only = Some(names.into_iter().filter_map(|name| name.try_into().ok()).collect());
        self
    }

    /// Passes on neither `Cookie` nor `Authorization`. One that [`header`](Self::header) sets is sent.
    pub fn without_credentials(mut self) -> Self {
        let credentials = [header::COOKIE, header::AUTHORIZATION];
        self.edits.splice(0..0, credentials.map(Edit::Remove));
        self
    }

    /// How long the upstream may take this time. For connecting, the upstream's own limit stays.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    async fn send(self) -> Result<Response, UpstreamError> {
        let target = self.upstream.target()?;
        let (parts, body) = self.request.into_parts();
        if via::loops(&parts.headers) {
            return Err(UpstreamError::new(Kind::Loop, &**target));
        }
        let refuse = |status, why| UpstreamError::new(Kind::Request(status, why), &**target);
        let path = match (&self.path, &self.prefix) {
            (Some(path), _) => encoded(path),
            (None, Some(prefix)) => strip(parts.uri.path(), prefix)
                .ok_or_else(|| {
                    refuse(StatusCode::NOT_FOUND, "a path does not begin with the prefix to strip")
                })?
                .into(),
            (None, None) => parts.uri.path().into(),
        };
        let query = match (parts.uri.query(), &*self.query) {
            (query, "") => query.map(str::to_owned),
            (None | Some(""), added) => Some(added.to_owned()),
            (Some(query), added) => Some(format!("{query}&{added}")),
        };
        let uri = target.uri(&path, query.as_deref())?;
        let host = requested_host(&parts).map_err(|why| refuse(StatusCode::BAD_REQUEST, why))?;
        let client = forwarded::Client::of(&parts.uri, &parts.extensions, host);
        let Parts { method, version, mut headers, mut extensions, .. } = parts;
        let upgrade = if method == Method::GET
            && version == Version::HTTP_11
            && body.is_end_stream()
            && !target.clients.http2
            && hop_by_hop::asks_for_websocket(&headers)
        {
            extensions.remove::<OnUpgrade>()
        } else {
            None
        };

        hop_by_hop::remove(&mut headers);
        // The server has answered an expectation itself, and the upstream's name comes from its URL.
        headers.remove(header::EXPECT);
        headers.remove(header::HOST);
        headers.remove("http2-settings");
        join_cookies(&mut headers);
        if let Some(only) = &self.only {
            headers = selected(&headers, only, upgrade.is_some());
        }
        client.tell(&mut headers);
        via::add(&mut headers, version);
        for edit in self.edits {
            match edit {
                Edit::Set(name, value) => {
                    headers.insert(name, value);
                }
                Edit::Remove(name) => {
                    headers.remove(name);
                }
                Edit::Invalid => {
                    let status = StatusCode::INTERNAL_SERVER_ERROR;
                    return Err(refuse(status, "a header for an upstream cannot be sent"));
                }
            }
        }
        if upgrade.is_some() {
            switch(&mut headers);
        }

        let is_head = method == Method::HEAD;
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        let response = send(target, request, &self.timeouts).await?;
        relay(response, target, &self.timeouts, is_head, upgrade)
    }
}

impl<'a> IntoFuture for Forward<'a> {
    type Output = Result<Response>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(self.send().await?) })
    }
}

/// The rest of the path behind a prefix of whole segments.
fn strip<'a>(path: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(prefix.trim_end_matches('/'))?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

impl fmt::Debug for Forward<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Forward").field("upstream", self.upstream).finish_non_exhaustive()
    }
}
