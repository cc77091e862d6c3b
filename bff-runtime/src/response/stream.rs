use std::fmt;

use axum::{
    body::{Body, Bytes},
    response::Response,
};
use futures_util::{Stream, StreamExt};
use http::{HeaderValue, header};
use tokio::task::yield_now;

use crate::{Error, Result};

/// A body that is made while it is sent: chunks of a file, rows of a query, the words of a model (RH-223, RH-411).
///
/// The headers are sent at once. A chunk is asked for when the connection has room for it, so a slow client slows
/// the stream down instead of filling the memory (RH-224), and a client that goes away drops it (RH-232).
///
/// ```
/// use bff::{Result, response::{ResponseExt, stream}};
/// use bff::axum::{body::Bytes, response::Response};
/// use futures_util::stream::iter;
///
/// async fn words() -> Response {
///     stream(iter(["one ", "two "].map(|word| Ok::<_, std::io::Error>(word))))
///         .with_content_type("text/plain; charset=utf-8")
/// }
/// ```
///
/// Unless the content type is set it is `application/octet-stream`. Browsers are told not to guess another one
/// (`X-Content-Type-Options: nosniff`), for which they would hold the first chunks back (RH-226).
///
/// # Errors
/// The status has been sent, so an error of the stream cuts the connection: the client can tell that the body is
/// not whole, and the log has the cause (RH-078, RH-234, V45).
///
/// # Not to be confused with
/// [`sse`](super::sse), a stream of events for a browser's `EventSource`.
pub fn stream<S, B, E>(stream: S) -> Response
where
    S: Stream<Item = Result<B, E>> + Send + 'static,
    B: Into<Bytes>,
    E: Into<Error>,
{
    let mut response = Response::new(body(stream));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// The body of a stream. What the stream fails with goes to the log, and to the connection only that it failed.
pub(super) fn body<S, B, E>(stream: S) -> Body
where
    S: Stream<Item = Result<B, E>> + Send + 'static,
    B: Into<Bytes>,
    E: Into<Error>,
{
    let chunks = stream.map(|chunk| chunk.map(Into::into).map_err(Into::into));
    Body::from_stream(chunks.then(|chunk: Result<Bytes>| async {
        match chunk {
            Ok(chunk) => Ok(chunk),
            Err(error) => {
                // An error that comes at once would overtake what was sent before it: hyper writes when it has to
                // wait, and forgets what is not written when it fails.
                yield_now().await;
                Err(BrokenOff::because(&error))
            }
        }
    }))
}

/// What a connection is told of an error midway.
#[derive(Debug)]
pub(super) struct BrokenOff;

impl BrokenOff {
    pub(super) fn because(error: &Error) -> Self {
        tracing::error!(?error, "a response broke off while it was sent");
        Self
    }
}

impl fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the stream broke off")
    }
}

impl std::error::Error for BrokenOff {}

#[cfg(test)]
mod tests;
