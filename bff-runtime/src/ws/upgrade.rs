use std::{fmt, panic::AssertUnwindSafe};

use axum::{
    extract::{FromRequestParts, ws},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};

use super::{HandshakeRejection, WebSocket};
use crate::{
    after,
    error::{Problem, panic_text},
    observe::security_event,
    request::{Caller, Origin},
    server::Draining,
};

/// A message and a frame, in bytes: as much as a body. What a client sends has to fit into memory, and
/// tungstenite's own 64 MiB let a hundred clients fill several gigabytes.
const MESSAGE_SIZE: usize = 1024 * 1024;

/// A read buffer is there as long as the socket is; most sockets wait most of the time.
const READ_BUFFER_SIZE: usize = 8 * 1024;

/// A request that opens a WebSocket, as an argument of a GET handler; see [`ws`](crate::ws).
///
/// # Origins
///
/// A browser opens a WebSocket for any page to any host, sends the cookies along, and CORS has no say in it. So
/// unless the page that opens it comes from the host and port that the request is for, [`on_upgrade`](Self::on_upgrade)
/// answers 403 (cross-site WebSocket hijacking; OWASP ASVS 4.4.2). Clients that are no browsers send no `Origin`
/// and are let in. Behind a proxy that changes `Host`, trust what it reports
/// ([`TrustedProxies`](crate::request::TrustedProxies)), say where the app is
/// ([`PublicOrigin`](crate::request::PublicOrigin)), or name the origins of your pages with
/// [`allow_origins`](Self::allow_origins).
///
/// # Errors
/// A request that opens no WebSocket is answered with 426 or 400, see [`HandshakeRejection`].
#[must_use = "a WebSocket is opened by returning what `on_upgrade` gives"]
pub struct WebSocketUpgrade {
    inner: ws::WebSocketUpgrade,
    caller: Caller,
    any_origin: bool,
    draining: Option<Draining>,
}

impl WebSocketUpgrade {
    /// Lets pages of these origins in, beside those of this host: `https://app.example.com`, a port only when
    /// it is not that of the scheme. What is no origin lets nobody in and is logged; `null` is none.
    ///
    /// ```
    /// # use bff::{Response, ws::WebSocketUpgrade};
    /// async fn chat(upgrade: WebSocketUpgrade) -> Response {
    ///     upgrade.allow_origins(["https://app.example.com"]).on_upgrade(|socket| async move {
    ///         drop(socket);
    ///     })
    /// }
    /// ```
    pub fn allow_origins<T: AsRef<str>>(mut self, origins: impl IntoIterator<Item = T>) -> Self {
        for text in origins {
            let allowed = text.as_ref().parse::<Origin>().ok();
            if allowed.is_none() {
                tracing::error!(origin = text.as_ref(), "not an origin that a WebSocket can allow");
            }
            if allowed.is_some()
                && matches!(&self.caller, Caller::OtherOrigin(page) if *page == allowed)
            {
                self.caller = Caller::OwnOrigin;
            }
        }
        self
    }

    /// Lets every page in. For sockets that no cookie opens: public ones, or those that ask for a token in
    /// their first message.
    ///
    /// ```
    /// # use bff::{Response, ws::WebSocketUpgrade};
    /// async fn prices(upgrade: WebSocketUpgrade) -> Response {
    ///     upgrade.allow_any_origin().on_upgrade(|socket| async move { drop(socket) })
    /// }
    /// ```
    pub fn allow_any_origin(mut self) -> Self {
        self.any_origin = true;
        self
    }

    /// How large a message may be, in bytes, and so a frame of it; 1 MiB unless it is set. A larger one ends the
    /// socket with an error.
    ///
    /// ```
    /// # use bff::{Response, ws::WebSocketUpgrade};
    /// async fn chat(upgrade: WebSocketUpgrade) -> Response {
    ///     upgrade.max_message_size(4096).on_upgrade(|socket| async move { drop(socket) })
    /// }
    /// ```
    pub fn max_message_size(mut self, bytes: usize) -> Self {
        self.inner = self.inner.max_message_size(bytes).max_frame_size(bytes);
        self
    }

    /// How much is read at once, in bytes; each socket holds it as long as it lives. 8 KiB unless it is set;
    /// sockets that receive a lot are faster with 128 KiB.
    ///
    /// ```
    /// # use bff::{Response, ws::WebSocketUpgrade};
    /// async fn upload(upgrade: WebSocketUpgrade) -> Response {
    ///     upgrade.read_buffer_size(128 * 1024).on_upgrade(|socket| async move { drop(socket) })
    /// }
    /// ```
    pub fn read_buffer_size(mut self, bytes: usize) -> Self {
        self.inner = self.inner.read_buffer_size(bytes);
        self
    }

    /// The subprotocols that are spoken, the best first; the first one that the client offers is chosen
    /// ([`WebSocket::protocol`]). Without one in common the socket opens without a subprotocol, and browsers then
    /// refuse it.
    ///
    /// ```
    /// # use bff::{Response, ws::WebSocketUpgrade};
    /// async fn graphql(upgrade: WebSocketUpgrade) -> Response {
    ///     upgrade.protocols(["graphql-transport-ws"]).on_upgrade(|socket| async move { drop(socket) })
    /// }
    /// ```
    pub fn protocols(mut self, protocols: impl IntoIterator<Item = &'static str>) -> Self {
        self.inner = self.inner.protocols(protocols);
        self
    }

    /// Opens the socket: gives the response that does it, 101, or 403 to a page of another origin.
    ///
    /// `serve` runs when the connection has been switched, in a task of its own. It outlives the request;
    /// `bff::serve` waits for it before it stops, as long as its drain allows. A panic in it is logged and ends
    /// this socket alone.
    #[must_use = "a WebSocket is opened by returning this"]
    pub fn on_upgrade<F, Fut>(self, serve: F) -> Response
    where
        F: FnOnce(WebSocket) -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let Self { inner, caller, any_origin, draining } = self;
        if matches!(caller, Caller::OtherOrigin(_)) && !any_origin {
            security_event!(
                WARN,
                "websocket_refused";
                "a page of another origin has asked for a WebSocket"
            );
            return Problem::new(StatusCode::FORBIDDEN)
                .detail("this WebSocket is not open to pages of that origin")
                .into_response();
        }
        // Counted from here on: until the connection is switched, nothing else would be.
        let running = after::token();
        inner.on_upgrade(move |socket| async move {
            // A panic ends the task, and nothing sees what it left behind.
            let served = AssertUnwindSafe(serve(WebSocket::new(socket, draining))).catch_unwind();
            if let Err(panic) = served.await {
                tracing::error!(panic = panic_text(&*panic), "the handler of a WebSocket panicked");
            }
            drop(running);
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for WebSocketUpgrade {
    type Rejection = HandshakeRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HandshakeRejection> {
        let asks = |upgrade: &HeaderValue| upgrade.as_bytes().eq_ignore_ascii_case(b"websocket");
        if parts.method == Method::GET && parts.headers.get(header::UPGRADE).is_some_and(asks) {
            acceptable(&parts.headers)?;
        }
        let caller = Caller::of(&parts.uri, &parts.headers, &parts.extensions);
        let draining = parts.extensions.get().cloned();
        let inner = ws::WebSocketUpgrade::from_request_parts(parts, state)
            .await
            .map_err(|_| HandshakeRejection::NotAsked)?
            .read_buffer_size(READ_BUFFER_SIZE);
        Ok(Self { inner, caller, any_origin: false, draining }.max_message_size(MESSAGE_SIZE))
    }
}

/// Looks at what the handshake has besides the wish (RFC 6455 section 4.2.1).
fn acceptable(headers: &HeaderMap) -> Result<(), HandshakeRejection> {
    if headers.get(header::SEC_WEBSOCKET_VERSION).is_none_or(|version| version != "13") {
        return Err(HandshakeRejection::Version);
    }
    let mut keys = headers.get_all(header::SEC_WEBSOCKET_KEY).iter();
    match (keys.next().is_some_and(is_key), keys.next()) {
        (true, None) => Ok(()),
        _ => Err(HandshakeRejection::Key),
    }
}

/// 16 bytes in base64: 22 characters, and two for padding.
fn is_key(value: &HeaderValue) -> bool {
    value.as_bytes().strip_suffix(b"==").is_some_and(|key| {
        key.len() == 22
            && key.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(byte))
    })
}

impl fmt::Debug for WebSocketUpgrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebSocketUpgrade")
            .field("inner", &self.inner)
            .field("caller", &self.caller)
            .field("any_origin", &self.any_origin)
            .finish_non_exhaustive()
    }
}
