use std::fmt;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::{Error, Problem, Result, cache::message::Message};

/// A response of an upstream that may have been kept. Made by [`CachedCall::send`](super::CachedCall::send).
///
/// As a response of the app it is sent with its status, its body and its headers but those of the connection.
#[derive(Clone)]
pub struct CachedReply(Message);

impl CachedReply {
    pub(super) fn new(message: Message) -> Self {
        Self(message)
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body.
    pub fn bytes(self) -> Bytes {
        self.0.body
    }

    /// This reply, when its status is a success (2xx).
    ///
    /// # Errors
    /// 502 for any other status.
    pub fn success(self) -> Result<Self> {
        match self.status() {
            status if status.is_success() => Ok(self),
            status => Err(failed(format_args!("the upstream answered with {status}"))),
        }
    }

    /// The body as JSON, whatever the status and the content type.
    ///
    /// # Errors
    /// 502 when it is not the JSON expected.
    pub fn json<T: DeserializeOwned>(self) -> Result<T> {
        serde_json::from_slice(&self.0.body).map_err(|error| {
            failed(format_args!("what the upstream sent is not the JSON: {error}"))
        })
    }

    /// The body as text.
    ///
    /// # Errors
    /// 502 when it is not UTF-8.
    pub fn text(self) -> Result<String> {
        String::from_utf8(self.0.body.into())
            .map_err(|_| failed(format_args!("what the upstream sent is no text")))
    }
}

/// Who and why is for the log alone.
fn failed(reason: fmt::Arguments<'_>) -> Error {
    tracing::warn!("an upstream failed: {reason}");
    Problem::new(StatusCode::BAD_GATEWAY).into()
}

impl IntoResponse for CachedReply {
    fn into_response(self) -> Response {
        let Message { status, headers, body } = self.0;
        (status, headers, body).into_response()
    }
}

impl fmt::Debug for CachedReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedReply").field("status", &self.status()).finish_non_exhaustive()
    }
}
