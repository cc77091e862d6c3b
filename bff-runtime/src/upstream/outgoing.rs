use std::{
    error::Error as _,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::Poll,
};

use axum::body::Body;
use http::StatusCode;
use http_body::Body as _;
use http_body_util::LengthLimitError;
use tokio::time::Instant;

use crate::overheard::{Listener, Overheard, Polled};

/// The body of a request on its way to an upstream. What is in it is passed on as it is, without a copy.
pub(super) type Outgoing = Overheard<Sending>;

/// `None` for a body without content, which cannot be waited for.
pub(super) struct Sending(Option<Arc<Upload>>);

/// How the sending of a body gets on, for whoever waits for the response.
pub(super) struct Upload {
    moved: Mutex<Instant>,
    /// The client has not sent the next piece yet, so the upstream cannot be blamed for not answering.
    waits_for_client: AtomicBool,
    failed: Mutex<Option<StatusCode>>,
}

impl Outgoing {
    pub(super) fn of(body: Body) -> Self {
        let upload = (!body.is_end_stream()).then(|| {
            Arc::new(Upload {
                moved: Mutex::new(Instant::now()),
                waits_for_client: AtomicBool::new(false),
                failed: Mutex::new(None),
            })
        });
        Self::new(body, Sending(upload))
    }

    pub(super) fn upload(&self) -> Option<Arc<Upload>> {
        self.listener.0.clone()
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

    fn note(&self, polled: &Polled) {
        self.waits_for_client.store(polled.is_pending(), Relaxed);
        if polled.is_ready() {
            *self.moved.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        }
        if let Poll::Ready(Some(Err(error))) = polled {
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

impl Listener for Sending {
    fn heard(&mut self, polled: &Polled) {
        if let Some(upload) = &self.0 {
            upload.note(polled);
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn a_body_is_passed_on_without_a_copy() {
        let data = Bytes::from(vec![b'x'; 1024 * 1024]);
        let mut body = Outgoing::of(Body::from(data.clone()));
        let frame = body.frame().await.unwrap().unwrap().into_data().unwrap();
        assert_eq!((frame.as_ptr(), frame.len()), (data.as_ptr(), data.len()));
        assert!(body.is_end_stream());
    }
}
