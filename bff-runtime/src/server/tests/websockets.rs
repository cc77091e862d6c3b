use std::time::Duration;

use axum::{Router, routing::get};
use tokio::time::Instant;

use super::harness::{Client, Server};
use crate::ws::{Message, WebSocket, WebSocketUpgrade};

const HANDSHAKE: &str = "GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// A close frame with code 1001 (RFC 6455 section 5.5.1).
const GOING_AWAY: &[u8] = b"\x88\x12\x03\xe9the server stops";

/// A close frame without a code, from a client, with a mask of zeros.
const CLOSE: &[u8] = &[0x88, 0x80, 0, 0, 0, 0];

async fn open<Fut>(serve: fn(WebSocket) -> Fut) -> (Server, Client)
where
    Fut: Future<Output = ()> + Send + 'static,
{
    let app = Router::new()
        .route("/", get(move |upgrade: WebSocketUpgrade| async move { upgrade.on_upgrade(serve) }));
    let server = Server::start(app, |serve| serve).await;
    let mut client = server.connect().await;
    client.send(HANDSHAKE).await;
    assert_eq!(client.answer().await.status(), 101);
    (server, client)
}

async fn receive(mut socket: WebSocket) {
    while let Some(Ok(_)) = socket.recv().await {}
}

#[tokio::test(start_paused = true)]
async fn a_client_that_answers_the_close_ends_the_drain() {
    let (mut server, mut client) = open(receive).await;
    let begun = Instant::now();
    server.stop();
    assert_eq!(client.bytes(GOING_AWAY.len()).await, GOING_AWAY);
    client.send(CLOSE).await;
    assert_eq!(client.rest().await, "");
    server.ended().await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_client_that_ignores_the_close_is_left_after_five_seconds() {
    let (mut server, mut client) = open(receive).await;
    let begun = Instant::now();
    server.stop();
    assert_eq!(client.bytes(GOING_AWAY.len()).await, GOING_AWAY);
    assert_eq!(client.rest().await, "");
    server.ended().await.unwrap();
    let elapsed = begun.elapsed();
    assert!(Duration::from_secs(5) <= elapsed && elapsed < Duration::from_secs(6), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn who_only_sends_tells_the_client_with_the_next_message() {
    let (mut server, mut client) = open(|mut socket| async move {
        while socket.send(Message::Text("tick".into())).await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    })
    .await;
    assert_eq!(client.bytes(6).await, b"\x81\x04tick");
    server.stop();
    let rest = client.rest().await;
    assert!(rest.ends_with("the server stops"), "{rest:?}");
    server.ended().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_panic_ends_the_socket_and_is_waited_for_no_longer() {
    async fn panics(_: WebSocket) {
        panic!("a mistake");
    }
    let (mut server, mut client) = open(panics).await;
    assert_eq!(client.rest().await, "");
    let begun = Instant::now();
    server.stop();
    server.ended().await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_socket_that_does_neither_is_cut_at_the_deadline() {
    let (mut server, mut client) = open(|socket| async move {
        std::future::pending::<()>().await;
        drop(socket);
    })
    .await;
    let begun = Instant::now();
    server.stop();
    server.ended().await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(25), "{:?}", begun.elapsed());
    client.send(CLOSE).await;
}
