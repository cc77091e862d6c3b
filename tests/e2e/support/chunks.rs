use std::{
    collections::VecDeque,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use bff::axum::body::{Body, Bytes, HttpBody};
use http_body_util::{Full, combinators};
use tokio::{
    sync::{Mutex, mpsc},
    time::Sleep,
};

use super::within;

/// A streamed body of unknown length, one chunk after another with a breath between them.
pub(crate) struct Chunks {
    next: VecDeque<Next>,
    pause: Pin<Box<Sleep>>,
    watch: Option<Watch>,
}

enum Next {
    Chunk(&'static str),
    /// The same chunk for ever.
    Endless(&'static str),
    Fail(&'static str),
    Panic(&'static str),
}

impl Chunks {
    pub(crate) fn new<const N: usize>(chunks: [&'static str; N]) -> Self {
        Self::with(chunks.map(Next::Chunk).into())
    }

    /// A body that only ends when it is dropped.
    pub(crate) fn endless() -> Self {
        Self::with([Next::Endless("again")].into())
    }

    fn with(next: VecDeque<Next>) -> Self {
        Self { next, pause: Box::pin(tokio::time::sleep(Duration::ZERO)), watch: None }
    }

    /// Fails after the chunks.
    pub(crate) fn then_fail(mut self, why: &'static str) -> Self {
        self.next.push_back(Next::Fail(why));
        self
    }

    /// Panics after the chunks.
    pub(crate) fn then_panic(mut self, why: &'static str) -> Self {
        self.next.push_back(Next::Panic(why));
        self
    }

    /// Tells these events that it was polled, and that it was dropped.
    pub(crate) fn watched(mut self, events: Events) -> Self {
        self.watch = Some(Watch { events, polled: false });
        self
    }

    pub(crate) fn into_body(self) -> Body {
        Body::new(self)
    }
}

impl HttpBody for Chunks {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<FrameOf<Self>> {
        if let Some(watch) = &mut self.watch {
            watch.polled();
        }
        ready!(self.pause.as_mut().poll(cx));
        self.pause = Box::pin(tokio::time::sleep(Duration::from_millis(10)));
        let chunk = match self.next.pop_front() {
            None => return Poll::Ready(None),
            Some(Next::Chunk(chunk)) => chunk,
            Some(Next::Endless(chunk)) => {
                self.next.push_front(Next::Endless(chunk));
                chunk
            }
            Some(Next::Fail(why)) => return Poll::Ready(Some(Err(io::Error::other(why)))),
            Some(Next::Panic(why)) => panic!("{why}"),
        };
        Pin::new(&mut Full::new(Bytes::from_static(chunk.as_bytes())))
            .poll_frame(cx)
            .map_err(|never| match never {})
    }
}

/// What `poll_frame` gives, under a name that needs no further dependency.
type FrameOf<B> = <combinators::Frame<'static, B> as Future>::Output;

/// Tells once that it was polled, and that it was dropped.
struct Watch {
    events: Events,
    polled: bool,
}

impl Watch {
    fn polled(&mut self) {
        if !self.polled {
            self.polled = true;
            self.events.tell("polled");
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.events.tell("dropped");
    }
}

/// What happened inside a handler, for the test to wait for.
#[derive(Clone)]
pub(crate) struct Events {
    sender: mpsc::UnboundedSender<&'static str>,
    receiver: Arc<Mutex<mpsc::UnboundedReceiver<&'static str>>>,
}

impl Events {
    pub(crate) fn tell(&self, event: &'static str) {
        // Nobody may be listening any more when a body is dropped.
        let _ = self.sender.send(event);
    }

    /// Checks that nothing has happened that was not asked for yet.
    #[track_caller]
    pub(crate) fn has_none(&self, why: &str) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            let event = self.receiver.lock().await.try_recv();
            assert!(event.is_err(), "{event:?} during {why}, at {caller}");
        }
    }

    /// The next event.
    pub(crate) async fn next(&self) -> &'static str {
        let mut receiver = self.receiver.lock().await;
        within("an event", receiver.recv()).await.expect("the sender lives here")
    }

    /// The next event, when it has happened already.
    pub(crate) fn now(&self) -> Option<&'static str> {
        self.receiver.try_lock().ok()?.try_recv().ok()
    }
}

impl Default for Events {
    fn default() -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        Self { sender, receiver: Arc::new(Mutex::new(receiver)) }
    }
}
