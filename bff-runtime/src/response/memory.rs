use std::{
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use axum::{
    body::{Body, Bytes},
    response::Response,
};
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::BodyExt;

/// The bytes of a body that is in memory, which the response keeps. `None` for one that is still to be made.
///
/// A body does not tell which it is, so its first frame is taken: one that is ready, has the whole length and is
/// the last. Any other frame is put back.
pub(super) fn bytes(response: &mut Response) -> Option<Bytes> {
    let length = response.body().size_hint().exact()?;
    if length == 0 {
        return Some(Bytes::new());
    }
    let body = response.body_mut();
    let poll = pin!(body.frame()).poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(Some(frame)) = poll else { return None };
    if let Ok(frame) = &frame
        && let Some(bytes) = frame.data_ref()
        && bytes.len() as u64 == length
        && body.is_end_stream()
    {
        let bytes = bytes.clone();
        *body = Body::from(bytes.clone());
        return Some(bytes);
    }
    let rest = std::mem::take(body);
    *body = Body::new(Rejoined { first: Some(frame), rest, length });
    None
}

/// A body whose first frame was looked at.
struct Rejoined {
    first: Option<Result<Frame<Bytes>, axum::Error>>,
    rest: Body,
    length: u64,
}

impl http_body::Body for Rejoined {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.first.take() {
            Some(first) => Poll::Ready(Some(first)),
            None => Pin::new(&mut self.rest).poll_frame(cx),
        }
    }

    /// The length counts from the start, so it is known until the first frame is sent.
    fn size_hint(&self) -> SizeHint {
        if self.first.is_some() { SizeHint::with_exact(self.length) } else { self.rest.size_hint() }
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::StreamBody;

    use super::*;

    /// A body of known length that comes in pieces; a piece may be an error.
    fn pieces(pieces: &'static [Result<&'static str, ()>]) -> Response {
        let frames = pieces.iter().map(|piece| match piece {
            Ok(text) => Ok(Frame::data(Bytes::from_static(text.as_bytes()))),
            Err(()) => Err(axum::Error::new(std::fmt::Error)),
        });
        let body = StreamBody::new(futures_util::stream::iter(frames));
        let rest = Body::new(body);
        Response::new(Body::new(Rejoined {
            first: Some(Ok(Frame::data(Bytes::new()))),
            rest,
            length: 4,
        }))
    }

    #[tokio::test]
    async fn rh_196_what_is_looked_at_is_sent_all_the_same() {
        for (mut response, in_memory, sent) in [
            (Response::new(Body::from("abcd")), true, Some("abcd")),
            (Response::new(Body::empty()), true, Some("")),
            (pieces(&[Ok("ab"), Ok("cd")]), false, Some("abcd")),
            (pieces(&[Ok("ab"), Err(())]), false, None),
        ] {
            assert_eq!(bytes(&mut response).is_some(), in_memory);
            let length = response.body().size_hint().exact();
            let collected = response.into_body().collect().await.ok().map(|body| body.to_bytes());
            assert_eq!(collected.as_deref(), sent.map(str::as_bytes));
            assert_eq!(length, Some(if sent == Some("") { 0 } else { 4 }));
        }
    }
}
