use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    Error,
    extract::ws::{self, CloseFrame, Message, Utf8Bytes, close_code},
};
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use http::HeaderValue;
use tokio::time::{Sleep, sleep};

use crate::server::Draining;

/// How long a client may take to answer that the socket closes.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// An open WebSocket.
///
/// It is a [`Stream`] and a [`Sink`] of messages, so `StreamExt::split` gives its two halves. Pings are answered
/// while it is received from. It closes when it is dropped; with a word to the client, when a
/// [`Message::Close`] was sent before.
///
/// When the server stops, whoever receives or sends next tells the client so (close code 1001, RFC 6455 section
/// 7.4.1). From then on nothing can be sent, and receiving ends when the client has answered, or after five
/// seconds.
pub struct WebSocket {
    inner: ws::WebSocket,
    end: End,
}

/// How far the end is that the server brings.
enum End {
    /// Nobody will tell: another server than `bff::serve` runs it.
    Unknown,
    /// The server runs. The future wakes up whoever receives.
    Waiting(Draining, Pin<Box<dyn Future<Output = ()> + Send>>),
    /// The client has yet to be told.
    Telling,
    /// It was told, and has until then.
    Closing(Pin<Box<Sleep>>),
    /// It said nothing for too long.
    Over,
}

impl WebSocket {
    pub(super) fn new(inner: ws::WebSocket, draining: Option<Draining>) -> Self {
        let end = match draining {
            None => End::Unknown,
            Some(draining) => {
                let begun = Box::pin(draining.clone().begun());
                End::Waiting(draining, begun)
            }
        };
        Self { inner, end }
    }

    /// The next message; `None` when the socket is closed.
    ///
    /// ```
    /// # use bff::ws::WebSocket;
    /// use std::time::Duration;
    ///
    /// /// The next message of a client that is not allowed to keep quiet.
    /// async fn next(socket: &mut WebSocket) -> Option<String> {
    ///     let message = tokio::time::timeout(Duration::from_secs(60), socket.recv()).await.ok()??;
    ///     Some(message.ok()?.to_text().ok()?.to_owned())
    /// }
    /// ```
    ///
    /// # Errors
    /// When the connection breaks, or the client breaks the protocol or a limit. The socket is closed then.
    pub async fn recv(&mut self) -> Option<Result<Message, Error>> {
        self.next().await
    }

    /// Sends a message, and waits until the connection has taken it.
    ///
    /// # Errors
    /// When the socket is closed or the server stops.
    pub async fn send(&mut self, message: Message) -> Result<(), Error> {
        SinkExt::send(self, message).await
    }

    /// The subprotocol that was chosen, see [`WebSocketUpgrade::protocols`](super::WebSocketUpgrade::protocols).
    pub fn protocol(&self) -> Option<&HeaderValue> {
        self.inner.protocol()
    }

    /// Tells the client when the server has begun to stop.
    fn poll_tell(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let End::Waiting(draining, _) = &self.end
            && draining.has_begun()
        {
            self.end = End::Telling;
        }
        if let End::Telling = self.end {
            self.end = match ready!(self.inner.poll_ready_unpin(cx)) {
                Ok(()) if self.inner.start_send_unpin(going_away()).is_ok() => {
                    End::Closing(Box::pin(sleep(CLOSE_TIMEOUT)))
                }
                // It is closed already; what was received before is still to be had.
                _ => End::Unknown,
            };
        }
        Poll::Ready(())
    }

    /// The same, and ready when nothing is to be expected any more. For the receiving half alone: of two tasks
    /// that wait for one event, only the last one is woken up.
    fn poll_over(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let End::Waiting(_, begun) = &mut self.end {
            ready!(begun.as_mut().poll(cx));
        }
        ready!(self.poll_tell(cx));
        if let End::Closing(timeout) = &mut self.end {
            if timeout.as_mut().poll(cx).is_pending() {
                // An answer comes to what has left only.
                let _: Poll<Result<(), Error>> = self.inner.poll_flush_unpin(cx);
                return Poll::Pending;
            }
            self.end = End::Over;
        }
        if let End::Over = self.end { Poll::Ready(()) } else { Poll::Pending }
    }
}

fn going_away() -> Message {
    let reason = Utf8Bytes::from_static("the server stops");
    Message::Close(Some(CloseFrame { code: close_code::AWAY, reason }))
}

impl Stream for WebSocket {
    type Item = Result<Message, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.poll_over(cx) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => self.inner.poll_next_unpin(cx),
        }
    }
}

impl Sink<Message> for WebSocket {
    type Error = Error;

    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        // Once the client was told, sending fails by itself.
        ready!(self.poll_tell(cx));
        self.inner.poll_ready_unpin(cx)
    }

    fn start_send(mut self: Pin<&mut Self>, message: Message) -> Result<(), Error> {
        self.inner.start_send_unpin(message)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_flush_unpin(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_close_unpin(cx)
    }
}

impl fmt::Debug for WebSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_ending = !matches!(self.end, End::Unknown | End::Waiting(..));
        f.debug_struct("WebSocket")
            .field("protocol", &self.protocol())
            .field("is_ending", &is_ending)
            .finish_non_exhaustive()
    }
}
