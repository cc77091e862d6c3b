use std::{
    error::Error as _,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::{Context, Poll, ready},
};

use axum::body::Body;
use bytes::Bytes;
use http::StatusCode;
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::LengthLimitError;
use tokio::time::Instant;

/// The body of a request on its way to an upstream. What is in it is passed on as it is, without a copy.
pub(super) struct Outgoing {
    body: Body,
    /// `None` for a body without content, which cannot be waited for.
    upload: Option<Arc<Upload>>,
}

/// How the sending of a body gets on, for whoever waits for the response.
pub(super) struct Upload {
    moved: Mutex<Instant>,
    /// The client has not sent the next piece yet, so the upstream cannot be blamed for not answering.
    waits_for_client: AtomicBool,
    failed: Mutex<Option<StatusCode>>,
}

impl Outgoing {
    pub(super) fn new(body: Body) -> Self {
        let upload = (!body.is_end_stream()).then(|| {
            Arc::new(Upload {
                moved: Mutex::new(Instant::now()),
                waits_for_client: AtomicBool::new(false),
                failed: Mutex::new(None),
            })
        });
        Self { body, upload }
    }

    pub(super) fn upload(&self) -> Option<Arc<Upload>> {
        self.upload.clone()
    }
}

impl Upload {
    /// The last time when the upstream took a piece of the body; now while it has to wait for one.
    pub(super) fn moved(&self) -> Instant {
        if self.waits_for_client.load(Relaxed) {
            return Instant::now();
        }
        *self.moved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The status for a client whose body broke off: 413 for one that is too long, 400 otherwise.
    pub(super) fn failed(&self) -> Option<StatusCode> {
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, poll: &Poll<Option<Result<Frame<Bytes>, axum::Error>>>) {
        self.waits_for_client.store(poll.is_pending(), Relaxed);
        if poll.is_ready() {
            *self.moved.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        }
        if let Poll::Ready(Some(Err(error))) = poll {
            *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(status_of(error));
        }
    }
}

fn status_of(error: &axum::Error) -> StatusCode {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return StatusCode::PAYLOAD_TOO_LARGE;
        }
        cause = error.source();
    }
    StatusCode::BAD_REQUEST
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let poll = Pin::new(&mut self.body).poll_frame(cx);
        if let Some(upload) = &self.upload {
            upload.note(&poll);
        }
        Poll::Ready(ready!(poll))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn a_body_is_passed_on_without_a_copy() {
        let data = Bytes::from(vec![b'x'; 1024 * 1024]);
        let mut body = Outgoing::new(Body::from(data.clone()));
        let frame = body.frame().await.unwrap().unwrap().into_data().unwrap();
        assert_eq!((frame.as_ptr(), frame.len()), (data.as_ptr(), data.len()));
        assert!(body.is_end_stream());
    }
}
