//! The end of a response: who waits for it, and whether it was a normal one.

use std::{
    pin::Pin,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::StatusCode;
use http_body::{Frame, SizeHint};
use tokio_util::sync::CancellationToken;

use crate::scope::Scope;

/// Cancels a token when it is dropped, unless the response has come to its end.
#[derive(Debug, Default)]
pub(crate) struct Ending {
    token: OnceLock<CancellationToken>,
    reached: AtomicBool,
}

impl Ending {
    /// The token of this request; the first call makes it.
    pub(crate) fn token(&self) -> CancellationToken {
        self.token.get_or_init(CancellationToken::new).clone()
    }

    fn is_awaited(&self) -> bool {
        self.token.get().is_some()
    }

    fn reached(&self) {
        self.reached.store(true, Ordering::Release);
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        if let Some(token) = self.token.get()
            && !*self.reached.get_mut()
        {
            token.cancel();
        }
    }
}

/// Keeps a request's scope until its response has been sent, if anything in it waits for that.
pub(crate) fn follow(scope: Arc<Scope>, response: &mut Response, head: bool) {
    if head || is_bodiless(response.status()) {
        // Such a body is dropped unsent, which is its normal end.
        scope.ending.reached();
    }
    if scope.ending.is_awaited() || !scope.after.is_empty() {
        let body = std::mem::take(response.body_mut());
        *response.body_mut() = Body::new(Followed { body, scope });
    } else {
        scope.ending.reached();
    }
}

/// RFC 9110 section 6.4.1.
fn is_bodiless(status: StatusCode) -> bool {
    status.is_informational() || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}

/// A body that is dropped when it has been sent, and its request's scope with it.
struct Followed {
    body: Body,
    scope: Arc<Scope>,
}

impl http_body::Body for Followed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        // With a known length the server stops there and does not ask again.
        if frame.is_none() || self.body.is_end_stream() || self.body.size_hint().exact() == Some(0)
        {
            self.scope.ending.reached();
        }
        Poll::Ready(frame)
    }

    // Not the inner body's answer: one that is at its end already would be dropped before it is sent.
    fn is_end_stream(&self) -> bool {
        false
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
