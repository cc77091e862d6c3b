use std::{fmt, future::poll_fn, sync::Arc};

use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, header};
use http_body::Body as _;
use hyper::body::Incoming;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, timeout_at};

use super::{
    error::{Kind, UpstreamError},
    hop_by_hop,
    relay::relay,
    relayed::Relayed,
    target::Target,
    timeouts::Timeouts,
};
use crate::cache::message::Message;

/// What is read into memory unless a [`limit`](Reply::limit) is set.
const LIMIT: usize = 10 * 1024 * 1024;

/// What is reserved at most before it has arrived.
const RESERVED: u64 = 64 * 1024;

/// An upstream's response, whose body is still to be read. Made by [`Call::send`](super::Call::send).
///
/// As a response it is relayed: status, headers and body, the latter streamed (RH-199).
#[must_use = "the body of a reply has not been read yet"]
pub struct Reply {
    response: http::Response<Incoming>,
    target: Arc<Target>,
    timeouts: Timeouts,
    deadline: Instant,
    is_head: bool,
    limit: usize,
}

impl Reply {
    pub(super) fn new(
        response: http::Response<Incoming>,
        target: &Arc<Target>,
        timeouts: Timeouts,
        deadline: Instant,
        is_head: bool,
    ) -> Self {
        let target = Arc::clone(target);
        Self { response, target, timeouts, deadline, is_head, limit: LIMIT }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// This reply, when its status is a success (2xx).
    ///
    /// # Errors
    /// 502 for any other status. The error knows it:
    /// [`upstream_status`](UpstreamError::upstream_status).
    pub fn success(self) -> Result<Self, UpstreamError> {
        let status = self.status();
        if status.is_success() { Ok(self) } else { Err(self.error(Kind::Status(status))) }
    }

    /// How many bytes of a body are read into memory at most; 10 MiB unless it is set.
    pub fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// The body as JSON, whatever the status and the content type.
    ///
    /// # Errors
    /// 502 when it is not the JSON expected, and as [`bytes`](Self::bytes).
    pub async fn json<T: DeserializeOwned>(self) -> Result<T, UpstreamError> {
        let target = Arc::clone(&self.target);
        let body = self.bytes().await?;
        serde_json::from_slice(&body)
            .map_err(|error| UpstreamError::new(Kind::Json, &*target).with_source(error))
    }

    /// The body as text.
    ///
    /// # Errors
    /// 502 when it is not UTF-8, and as [`bytes`](Self::bytes).
    pub async fn text(self) -> Result<String, UpstreamError> {
        let target = Arc::clone(&self.target);
        let body = self.bytes().await?;
        String::from_utf8(body.into()).map_err(|_| {
            UpstreamError::new(Kind::Unusable("the answer of the upstream is no text"), &*target)
        })
    }

    /// The body.
    ///
    /// # Errors
    /// 502 when it is larger than the [`limit`](Self::limit) or breaks off, 504 when it takes too long.
    pub async fn bytes(self) -> Result<Bytes, UpstreamError> {
        let Self { response, target, timeouts, deadline, is_head, limit } = self;
        let error = |kind| UpstreamError::new(kind, &*target);
        let body = response.into_body();
        let expected = body.size_hint().lower();
        if expected > limit as u64 {
            return Err(error(Kind::TooLarge));
        }
        let mut body = Relayed::new(body, Arc::clone(&target), timeouts.idle, is_head);
        // What is announced need not come, so it is not reserved beyond this.
        let mut whole = BytesMut::with_capacity(expected.min(RESERVED) as usize);
        let read = async {
            while let Some(frame) = poll_fn(|cx| body.poll(cx)).await {
                let Ok(data) = frame?.into_data() else { continue };
                if data.len() > limit - whole.len() {
                    return Err(error(Kind::TooLarge));
                }
                whole.extend_from_slice(&data);
            }
            Ok(())
        };
        timeout_at(deadline, read).await.unwrap_or_else(|_| Err(error(Kind::Timeout)))?;
        Ok(whole.freeze())
    }

    /// All of it, without what belongs to the connection.
    pub(super) async fn message(self) -> Result<Message, UpstreamError> {
        let status = self.status();
        let mut headers = self.headers().clone();
        hop_by_hop::remove(&mut headers);
        let is_head = self.is_head;
        let body = self.bytes().await?;
        if !is_head {
            // Its length is that of the body.
            headers.remove(header::CONTENT_LENGTH);
        }
        Ok(Message { status, headers, body })
    }

    fn error(&self, kind: Kind) -> UpstreamError {
        UpstreamError::new(kind, &*self.target)
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let Self { response, target, timeouts, is_head, .. } = self;
        relay(response, &target, &timeouts, is_head, None).into_response()
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("status", &self.status()).finish_non_exhaustive()
    }
}
