use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{HeaderValue, header};
use http_body::{Body as _, Frame, SizeHint};

/// Turns the response of a GET handler into that of HEAD: the same headers, no body (RFC 9110 section 9.3.2).
///
/// The body is dropped here and now, so a stream stops producing (RH-054). `Content-Length` is what GET would
/// send when that is known, and absent otherwise.
pub(crate) fn strip_body(response: &mut Response) {
    let length = response.body().size_hint().exact();
    if let Some(length) = length
        && !response.headers().contains_key(header::CONTENT_LENGTH)
        && !response.status().is_informational()
        && !matches!(response.status().as_u16(), 204 | 304)
    {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    forget_length(response);
}

/// Replaces the body by one without content and without a length, so that no layer outside concludes
/// `Content-Length: 0` from it.
pub(crate) fn forget_length(response: &mut Response) {
    *response.body_mut() = Body::new(NoContent);
}

struct NoContent;

impl http_body::Body for NoContent {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::new()
    }
}
