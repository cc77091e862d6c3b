use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::Bytes,
    response::{IntoResponse, Response},
};
use futures_util::{Stream, stream::poll_fn};
use http::{HeaderValue, header};
use tokio::time::{Instant, Sleep, sleep};

use super::IntoSseEvent;
use crate::{Result, response::stream::body};

/// A stream of events for a browser's `EventSource` (RH-227).
///
/// ```
/// use bff::response::{Sse, SseEvent, sse};
/// use bff::IntoResponse;
/// use futures_util::stream::iter;
///
/// async fn greetings() -> impl IntoResponse {
///     sse(iter(["hello", "world"].map(SseEvent::new)))
/// }
/// ```
///
/// The stream yields [`SseEvent`](super::SseEvent)s or `Result`s of them. After 15 seconds without an event a
/// comment is sent, so that no proxy on the way takes the connection for dead; [`Sse::keep_alive`] changes that.
///
/// Nobody on the way may hold events back: they are not compressed, here or by a proxy (`Cache-Control: no-cache,
/// no-transform`, RH-228, V44), and nginx is told not to buffer them (`X-Accel-Buffering: no`, RH-230).
///
/// # Errors
/// An error of the stream cuts the connection and is logged; the browser connects again, with its
/// [`LastEventId`](super::LastEventId).
pub fn sse<S>(events: S) -> Sse<S>
where
    S: Stream<Item: IntoSseEvent> + Send + 'static,
{
    Sse { events, keep_alive: Some(Duration::from_secs(15)) }
}

/// The response that [`sse`] makes.
#[must_use = "it is the response of a handler"]
pub struct Sse<S> {
    events: S,
    keep_alive: Option<Duration>,
}

impl<S> Sse<S> {
    /// How long the connection may be silent before a comment is sent; `None` sends none.
    pub fn keep_alive(mut self, silence: impl Into<Option<Duration>>) -> Self {
        self.keep_alive = silence.into();
        self
    }
}

impl<S> IntoResponse for Sse<S>
where
    S: Stream<Item: IntoSseEvent> + Send + 'static,
{
    fn into_response(self) -> Response {
        let mut events = Box::pin(self.events);
        let mut silence = self.keep_alive.map(Silence::new);
        let frames = poll_fn(move |cx| poll_frame(events.as_mut(), silence.as_mut(), cx));
        let mut response = Response::new(body(frames));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, no-transform"));
        headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
        response
    }
}

fn poll_frame<S>(
    events: Pin<&mut S>,
    silence: Option<&mut Silence>,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<Bytes>>>
where
    S: Stream<Item: IntoSseEvent>,
{
    match events.poll_next(cx) {
        Poll::Ready(event) => {
            if let Some(silence) = silence {
                silence.end();
            }
            Poll::Ready(
                event.map(|event| event.into_sse_event().map(|event| event.to_string().into())),
            )
        }
        Poll::Pending => match silence {
            // Section 9.2.7: a comment about every 15 seconds is enough for legacy proxies.
            Some(silence) => silence.poll(cx).map(|()| Some(Ok(Bytes::from_static(b":\n\n")))),
            None => Poll::Pending,
        },
    }
}

/// The time since the last event, measured from the first poll on: a response may be made where no timer runs.
struct Silence {
    most: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Silence {
    fn new(most: Duration) -> Self {
        Self { most, timer: None }
    }

    fn end(&mut self) {
        if let Some(timer) = &mut self.timer {
            timer.as_mut().reset(Instant::now() + self.most);
        }
    }

    /// Ready each time the silence has lasted too long.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(self.most)));
        let poll = timer.as_mut().poll(cx);
        if poll.is_ready() {
            self.end();
        }
        poll
    }
}

impl<S> fmt::Debug for Sse<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sse").field("keep_alive", &self.keep_alive).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream::{iter, pending};
    use http_body_util::BodyExt;
    use tokio::sync::mpsc;

    use super::*;
    use crate::{Error, response::SseEvent};

    async fn frame(response: &mut Response) -> Bytes {
        response.body_mut().frame().await.unwrap().unwrap().into_data().unwrap()
    }

    #[tokio::test]
    async fn rh_227_rh_228_rh_230_the_headers_of_an_event_stream() {
        let response = sse(iter([SseEvent::new("a"), SseEvent::new("b")])).into_response();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-cache, no-transform");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        assert_eq!(
            response.into_body().collect().await.unwrap().to_bytes(),
            "data: a\n\ndata: b\n\n"
        );
    }

    #[tokio::test]
    async fn an_error_of_the_stream_cuts_it() {
        let mut response =
            sse(iter([Ok(SseEvent::new("a")), Err(Error::msg("lost"))])).into_response();
        assert_eq!(frame(&mut response).await, "data: a\n\n");
        assert!(response.body_mut().frame().await.unwrap().is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_stream_sends_a_comment_every_15_seconds() {
        let mut response = sse(pending::<SseEvent>()).into_response();
        for _ in 0..3 {
            let start = Instant::now();
            assert_eq!(frame(&mut response).await, ":\n\n");
            assert_eq!(start.elapsed().as_secs(), 15);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_event_starts_the_silence_anew() {
        let (sender, mut receiver) = mpsc::unbounded_channel();
        let mut response = sse(poll_fn(move |cx| receiver.poll_recv(cx)))
            .keep_alive(Duration::from_secs(2))
            .into_response();
        tokio::spawn(async move {
            sleep(Duration::from_secs(1)).await;
            sender.send(SseEvent::new("a")).unwrap();
            sleep(Duration::from_secs(60)).await;
        });
        let start = Instant::now();
        assert_eq!(frame(&mut response).await, "data: a\n\n");
        assert_eq!(frame(&mut response).await, ":\n\n");
        assert_eq!(start.elapsed().as_secs(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn comments_can_be_switched_off() {
        let mut response = sse(pending::<SseEvent>()).keep_alive(None).into_response();
        assert!(
            tokio::time::timeout(Duration::from_secs(3600), frame(&mut response)).await.is_err()
        );
    }
}
