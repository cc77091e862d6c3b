use std::{fmt, sync::Arc};

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::{
    cache::message::Message,
    upstream::{
        error::{Kind, UpstreamError},
        target::Target,
    },
};

/// A response of an upstream that may have been kept. Made by [`CachedCall::send`](super::CachedCall::send).
///
/// As a response of the app it is sent with its status, its body and its headers but those of the connection.
#[derive(Clone)]
pub struct CachedReply {
    message: Message,
    target: Arc<Target>,
}

impl CachedReply {
    pub(super) fn new(message: Message, target: Arc<Target>) -> Self {
        Self { message, target }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.message.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.message.headers
    }

    /// The body.
    pub fn bytes(self) -> Bytes {
        self.message.body
    }

    /// This reply, when its status is a success (2xx).
    ///
    /// # Errors
    /// 502 for any other status. The error knows it: [`upstream_status`](UpstreamError::upstream_status).
    pub fn success(self) -> Result<Self, UpstreamError> {
        let status = self.status();
        if status.is_success() { Ok(self) } else { Err(self.error(Kind::Status(status))) }
    }

    /// The body as JSON, whatever the status and the content type.
    ///
    /// # Errors
    /// 502 when it is not the JSON expected.
    pub fn json<T: DeserializeOwned>(self) -> Result<T, UpstreamError> {
        serde_json::from_slice(&self.message.body)
            .map_err(|error| self.error(Kind::Json).with_source(error))
    }

    /// The body as text.
    ///
    /// # Errors
    /// 502 when it is not UTF-8.
    pub fn text(self) -> Result<String, UpstreamError> {
        let Self { message, target } = self;
        String::from_utf8(message.body.into()).map_err(|_| {
            UpstreamError::new(Kind::Unusable("the answer of the upstream is no text"), &*target)
        })
    }

    fn error(&self, kind: Kind) -> UpstreamError {
        UpstreamError::new(kind, &*self.target)
    }
}

impl IntoResponse for CachedReply {
    fn into_response(self) -> Response {
        let Message { status, headers, body } = self.message;
        (status, headers, body).into_response()
    }
}

impl fmt::Debug for CachedReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedReply").field("status", &self.status()).finish_non_exhaustive()
    }
}
