//! WebSockets (RFC 6455): a GET handler whose connection becomes a socket. Feature `ws`.
//!
//! ```
//! use bff::{Response, ws::{Message, WebSocketUpgrade}};
//!
//! // #[get]
//! async fn echo(upgrade: WebSocketUpgrade) -> Response {
//!     upgrade.on_upgrade(|mut socket| async move {
//!         while let Some(Ok(message)) = socket.recv().await {
//!             if matches!(message, Message::Text(_)) && socket.send(message).await.is_err() {
//!                 break;
//!             }
//!         }
//!     })
//! }
//! ```
//!
//! It is axum's WebSocket with the choices made that a server on the internet needs:
//!
//! | | here | to change it |
//! |---|---|---|
//! | pages of other origins | 403 | [`allow_origins`](WebSocketUpgrade::allow_origins) |
//! | a message, and a frame | 1 MiB at most | [`max_message_size`](WebSocketUpgrade::max_message_size) |
//! | memory of a socket that says nothing | 8 KiB | [`read_buffer_size`](WebSocketUpgrade::read_buffer_size) |
//! | the server stops | the client is told with close code 1001, and waited for | |
//!
//! # What is left to the handler
//!
//! - The connection has become the handler's: no limit on a client that says nothing, and none on the number of
//!   sockets. Put a timeout around [`recv`](WebSocket::recv), and send a ping now and then.
//! - Cookies are checked once, in the handshake: a socket outlives the session that opened it.
//! - A socket that neither receives nor sends is not told that the server stops; the drain cuts it at its
//!   deadline.
//!
//! Any other request to such a handler is answered with 426, HEAD among them: only GET opens a socket. It is
//! HTTP/1.1 only; what browsers open over HTTPS is that, as long as the proxy in front speaks it to this server.

mod rejection;
mod socket;
mod upgrade;

pub use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, close_code};

pub use self::{rejection::HandshakeRejection, socket::WebSocket, upgrade::WebSocketUpgrade};
