use std::{
    fmt, io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::{Sleep, sleep_until};

use super::{
    error::{Kind, UpstreamError},
    target::Target,
    timeouts::after,
};

/// The body of an upstream's response on its way to the client. What is in it is passed on as it is, without a
/// copy, and so are trailers. Dropped, it closes the upstream's connection.
///
/// A body that breaks off, or stops for too long, ends in an error: the client's connection is cut, so that it
/// cannot take a part for the whole.
pub(super) struct Relayed {
    body: Incoming,
    target: Arc<Target>,
    idle: Duration,
    /// There once the body had to be waited for.
    stopped: Option<Pin<Box<Sleep>>>,
    /// The request was HEAD: nothing is known about the length but what the headers say.
    head: bool,
}

impl Relayed {
    pub(super) fn new(body: Incoming, target: Arc<Target>, idle: Duration, head: bool) -> Self {
        Self { body, target, idle, stopped: None, head }
    }

    /// The next frame, with the reason when there is none.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, UpstreamError>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(frame) => {
                // What is waited for next is waited for anew.
                self.stopped = None;
                Poll::Ready(frame.map(|frame| {
                    frame.map_err(|error| {
                        UpstreamError::new(Kind::Broken, &*self.target).with_source(error)
                    })
                }))
            }
            Poll::Pending => {
                let idle = self.idle;
                let stopped =
                    self.stopped.get_or_insert_with(|| Box::pin(sleep_until(after(idle))));
                stopped
                    .as_mut()
                    .poll(cx)
                    .map(|()| Some(Err(UpstreamError::new(Kind::IdleTimeout, &*self.target))))
            }
        }
    }
}

impl Body for Relayed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.poll(cx).map(|frame| {
            frame.map(|frame| {
                frame.map_err(|error| {
                    error.log();
                    io::Error::other(error.to_string())
                })
            })
        })
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        if self.head { SizeHint::new() } else { self.body.size_hint() }
    }
}

impl fmt::Debug for Relayed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Relayed")
    }
}
