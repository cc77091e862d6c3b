//! The end of a response: who waits for it, and whether it was a normal one.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
};

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{StatusCode, header};
use http_body::Body as _;
use tokio_util::sync::CancellationToken;

use crate::{
    overheard::{Listener, Overheard, Polled},
    scope::Scope,
};

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
    let left = length(response);
    if head || left == Some(0) || is_bodiless(response.status()) {
        // Such a body is dropped without being asked for anything, and that is its normal end.
        scope.ending.reached();
    }
    if scope.ending.is_awaited() || !scope.after.is_empty() {
        let body = std::mem::take(response.body_mut());
        *response.body_mut() = Body::new(Overheard::new(body, Following { left, scope }));
    } else {
        scope.ending.reached();
    }
}

/// RFC 9110 section 6.4.1.
pub(crate) fn is_bodiless(status: StatusCode) -> bool {
    status.is_informational() || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}

/// The length of the body, as far as anybody knows: itself, or the handler.
pub(crate) fn length(response: &Response) -> Option<u64> {
    response.body().size_hint().exact().or_else(|| {
        let length = response.headers().get(header::CONTENT_LENGTH)?;
        length.to_str().ok()?.parse().ok()
    })
}

/// The request's scope, for as long as its response is being sent.
struct Following {
    /// What is left to send. At the end of a known length the server does not ask again.
    left: Option<u64>,
    scope: Arc<Scope>,
}

impl Listener for Following {
    const HEARS_THE_END: bool = true;

    fn heard(&mut self, polled: &Polled) {
        let Poll::Ready(frame) = polled else { return };
        let sent =
            frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref()).map_or(0, Bytes::len);
        self.left = self.left.map(|left| left.saturating_sub(sent as u64));
        if frame.is_none() || self.left == Some(0) {
            self.scope.ending.reached();
        }
    }
}
