//! A body that somebody listens to on its way.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Frame, SizeHint};

/// What a body says when it is asked for more.
pub(crate) type Polled = Poll<Option<Result<Frame<Bytes>, axum::Error>>>;

/// Somebody who learns what passes, and can change nothing of it.
pub(crate) trait Listener: Unpin {
    /// True when a body that is at its end already has to be asked all the same, instead of being dropped before it
    /// is sent.
    const HEARS_THE_END: bool = false;

    fn heard(&mut self, polled: &Polled);
}

/// The body, and then whoever listens to it, are dropped when it has been sent.
pub(crate) struct Overheard<L> {
    body: Body,
    pub(crate) listener: L,
}

impl<L> Overheard<L> {
    pub(crate) fn new(body: Body, listener: L) -> Self {
        Self { body, listener }
    }
}

impl<L: Listener> http_body::Body for Overheard<L> {
    type Data = Bytes;
    type Error = axum::Error;

    #[inline]
    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Polled {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        self.listener.heard(&polled);
        polled
    }

    #[inline]
    fn is_end_stream(&self) -> bool {
        !L::HEARS_THE_END && self.body.is_end_stream()
    }

    #[inline]
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
