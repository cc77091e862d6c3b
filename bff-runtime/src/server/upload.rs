//! The body of a request, on its way to whoever reads it.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes},
    extract::Request,
};
use http::{Version, header};
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::{runtime::Handle, time::timeout};

use super::{
    limits::{UNREAD_SIZE, UNREAD_TIME},
    progress::Progress,
};
use crate::request::Paced;

/// A body whose client has to keep a pace, and whose rest is taken in when nobody reads it to its end (RH-117).
///
/// A connection that is closed while its client still sends is reset, and a client that is reset may never see the
/// answer that is on its way: 413 above all.
pub(super) struct Upload {
    /// There until its end, or until it broke off.
    body: Option<Paced<Incoming>>,
    progress: Arc<Progress>,
    /// Nothing is on its way: the client waits for `100 Continue`, which hyper sends when the body is first asked for
    /// (RH-118); or the stream of HTTP/2 is reset without harm to the others.
    needs_no_drain: bool,
}

impl Upload {
    pub(super) fn of(req: hyper::Request<Incoming>, progress: &Arc<Progress>) -> Request {
        let needs_no_drain =
            req.version() == Version::HTTP_2 || req.headers().contains_key(header::EXPECT);
        let progress = Arc::clone(progress);
        req.map(|body| Body::new(Self { body: Some(Paced::new(body)), progress, needs_no_drain }))
    }
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let poll = Pin::new(body).poll_frame(cx);
        if matches!(poll, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        poll
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Paced::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(|| SizeHint::with_exact(0), Paced::size_hint)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let Some(body) = self.body.take().filter(|body| !body.is_end_stream()) else { return };
        // Without a runtime the server is gone, and its connections with it.
        if !self.needs_no_drain
            && let Ok(runtime) = Handle::try_current()
        {
            // Counted as a request, so that these bytes are not taken for the head of the next one.
            let in_flight = self.progress.request_begins();
            runtime.spawn(async move {
                let _ = timeout(UNREAD_TIME, drain(body)).await;
                drop(in_flight);
            });
        }
    }
}

async fn drain(mut body: Paced<Incoming>) {
    let mut size = 0;
    while let Some(Ok(frame)) = body.frame().await {
        size += frame.data_ref().map_or(0, Bytes::len);
        if size > UNREAD_SIZE {
            return;
        }
    }
}
