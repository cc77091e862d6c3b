use std::{fmt, sync::Arc, time::Duration};

use axum::{body::Body, extract::Request};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::timeout_at;

use super::{
    CachedCall, Reply, Upstream,
    error::{Kind, UpstreamError},
    path::{add_query, encoded},
    send::send,
    target::Target,
    timeouts::{Timeouts, after},
};
use crate::cache::message::Message;

/// A request of the app's own to an upstream, in the making. Made by [`Upstream::get`] and its siblings.
///
/// ```no_run
/// use std::time::Duration;
/// use bff::{Json, Result, upstream::Upstream};
/// use serde::{Deserialize, Serialize};
///
/// static CATALOG: Upstream = Upstream::from_env("CATALOG_URL");
///
/// #[derive(Deserialize, Serialize)]
/// struct Product { name: String }
///
/// async fn products() -> Result<Json<Vec<Product>>> {
///     let products = CATALOG
///         .get("/products")
///         .query("page", 2)
///         .header("accept-language", "en")
///         .timeout(Duration::from_secs(1))
///         .fetch()
///         .await?;
///     Ok(Json(products))
/// }
/// ```
///
/// It carries what is set here and nothing of the request that is being answered (RH-415).
#[must_use = "a request is sent by `send` or `fetch`"]
pub struct Call<'a> {
    upstream: &'a Upstream,
    method: Method,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Body,
    timeouts: Timeouts,
    timeout: Duration,
    /// Why this cannot be sent.
    invalid: Option<&'static str>,
}

impl<'a> Call<'a> {
    pub(super) fn new(upstream: &'a Upstream, method: Method, path: String) -> Self {
        Self {
            upstream,
            method,
            path,
            query: String::new(),
            headers: HeaderMap::new(),
            body: Body::empty(),
            timeouts: upstream.declared_timeouts(),
            timeout: Duration::MAX,
            invalid: None,
        }
    }

    /// Adds a pair to the query, encoded.
    pub fn query(mut self, name: impl fmt::Display, value: impl fmt::Display) -> Self {
        add_query(&mut self.query, &name, &value);
        self
    }

    /// Sets a header. What cannot be sent as one makes the request fail with a 500.
    pub fn header(
        mut self,
        name: impl TryInto<HeaderName>,
        value: impl TryInto<HeaderValue>,
    ) -> Self {
        if let (Ok(name), Ok(value)) = (name.try_into(), value.try_into()) {
            self.headers.insert(name, value);
        } else {
            self.invalid = Some("a header for an upstream cannot be sent");
        }
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    /// Sets a JSON body and its content type. A value that cannot be serialized makes the request fail with a 500.
    pub fn json(mut self, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => {
                let json = HeaderValue::from_static("application/json");
                self.headers.insert(header::CONTENT_TYPE, json);
                self.body(body)
            }
            Err(_) => {
                self.invalid = Some("a body for an upstream cannot be written as JSON");
                self
            }
        }
    }

    /// How long all of it may take, from sending to the last byte of the response. Without it the
    /// [`Timeouts`] of the upstream hold for each step.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Takes the response from what is kept, or keeps it; see [`CachedCall`].
    #[track_caller]
    pub fn cached(self) -> CachedCall<'a> {
        CachedCall::new(self)
    }

    /// Sends the request and waits for the head of the response, whatever its status. Redirects are not followed.
    ///
    /// # Errors
    /// 502 when the upstream cannot be reached, 504 when it takes too long; 400 for a path that would leave the
    /// upstream's own; 500 for what cannot be sent.
    pub async fn send(self) -> Result<Reply, UpstreamError> {
        let Sendable { request, exchange } = self.sendable()?;
        exchange.reply(request).await
    }

    /// The request as it is sent.
    pub(super) fn sendable(self) -> Result<Sendable, UpstreamError> {
        let target = self.upstream.target()?;
        if let Some(why) = self.invalid {
            let kind = Kind::Request(StatusCode::INTERNAL_SERVER_ERROR, why);
            return Err(UpstreamError::new(kind, &**target));
        }
        let query = (!self.query.is_empty()).then_some(&*self.query);
        let mut request = Request::new(self.body);
        *request.uri_mut() = target.uri(&encoded(&self.path), query)?;
        *request.method_mut() = self.method;
        *request.headers_mut() = self.headers;
        let target = Arc::clone(target);
        let exchange = Exchange { target, timeouts: self.timeouts, timeout: self.timeout };
        Ok(Sendable { request, exchange })
    }

    /// Sends the request and reads the response as JSON.
    ///
    /// # Errors
    /// As [`send`](Self::send); 502 also when the status is not a success, or the body is not the JSON expected.
    pub async fn fetch<T: DeserializeOwned>(self) -> Result<T, UpstreamError> {
        self.send().await?.success()?.json().await
    }
}

/// A request, and how it is sent.
pub(super) struct Sendable {
    pub(super) request: Request,
    pub(super) exchange: Exchange,
}

/// Where requests are sent to, and how long that may take.
pub(super) struct Exchange {
    target: Arc<Target>,
    timeouts: Timeouts,
    timeout: Duration,
}

impl Exchange {
    pub(super) fn target(&self) -> Arc<Target> {
        Arc::clone(&self.target)
    }

    async fn reply(&self, request: Request) -> Result<Reply, UpstreamError> {
        let is_head = request.method() == Method::HEAD;
        let deadline = after(self.timeout);
        let sent = timeout_at(deadline, send(&self.target, request, &self.timeouts)).await;
        let response =
            sent.unwrap_or_else(|_| Err(UpstreamError::new(Kind::Timeout, &*self.target)))?;
        Ok(Reply::new(response, &self.target, self.timeouts, deadline, is_head))
    }

    /// The whole of the response.
    pub(super) async fn message(&self, request: Request<Bytes>) -> Result<Message, UpstreamError> {
        self.reply(request.map(Body::from)).await?.message().await
    }
}

/// For the log.
impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.target, f)
    }
}

impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("upstream", self.upstream)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}
