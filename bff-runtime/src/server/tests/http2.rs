use axum::{Router, routing::get};

use super::harness::Server;

/// RFC 9113, section 3.4: the preface, then a SETTINGS frame without settings.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// `:method: GET`, `:scheme: http` and `:path: /` from the static table of RFC 7541, appendix A,
/// in a HEADERS frame that ends stream 1.
const GET: &[u8] = b"\0\0\x03\x01\x05\0\0\0\x01\x82\x86\x84";

const SETTINGS: u8 = 0x04;
const HEADERS: u8 = 0x01;
const GOAWAY: u8 = 0x07;

fn app() -> Router {
    Router::new().route("/", get(|| async { "hello" }))
}

#[tokio::test]
async fn http2_is_spoken_when_asked_for() {
    let server = Server::start(app(), |serve| serve.http2(true)).await;
    let mut client = server.connect().await;
    client.send(PREFACE).await;
    assert_eq!(client.bytes(9).await[3], SETTINGS);
}

#[tokio::test]
async fn http2_is_not_spoken_when_not_asked_for() {
    let server = Server::start(app(), |serve| serve.http2(false)).await;
    let mut client = server.connect().await;
    client.send(PREFACE).await;
    let answer = client.rest().await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer:?}");
}

#[tokio::test]
async fn http1_is_spoken_beside_http2() {
    let server = Server::start(app(), |serve| serve.http2(true)).await;
    let mut client = server.connect().await;
    assert_eq!(client.get("/").await.body, "hello");
    assert_eq!(client.get("/").await.body, "hello");
}

#[tokio::test]
async fn a_preface_may_come_in_pieces_and_so_may_what_only_begins_like_one() {
    let server = Server::start(app(), |serve| serve.http2(true)).await;
    let mut client = server.connect().await;
    for piece in PREFACE.chunks(5) {
        client.send(piece).await;
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    assert_eq!(client.bytes(9).await[3], SETTINGS);

    let mut client = server.connect().await;
    for piece in ["P", "RI * HTTP/1.1\r\nhost: x\r\n\r\n"] {
        client.send(piece).await;
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    assert!(client.answer().await.head.starts_with("http/1.1 4"));
}

#[tokio::test]
async fn a_client_of_http2_that_has_nothing_to_do_is_told_to_go_away_in_a_drain() {
    let mut server = Server::start(app(), |serve| serve.http2(true)).await;
    let mut client = server.connect().await;
    client.send(PREFACE).await;
    client.send(GET).await;
    while frame(&mut client).await != HEADERS {}

    server.stop();
    while frame(&mut client).await != GOAWAY {}
    client.rest().await;
    server.ended().await.unwrap();
}

/// Reads one frame (RFC 9113, section 4.1) and gives its type.
async fn frame(client: &mut super::harness::Client) -> u8 {
    let head = client.bytes(9).await;
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    let body = client.bytes(length as usize).await;
    // A ping wants its pong, or else the server would not get to the end of its drain.
    if head[3] == 0x06 && head[4] == 0 {
        client.send([&[0, 0, 8, 6, 1, 0, 0, 0, 0], &body[..]].concat()).await;
    }
    head[3]
}
