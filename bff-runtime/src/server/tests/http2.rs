use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncWriteExt as _, sink},
    net::TcpStream,
    sync::Notify,
};

use super::harness::{Client, Server};

/// RFC 9113, section 3.4: the preface, then a SETTINGS frame without settings.
pub(super) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// `:method: GET`, `:scheme: http` and `:path: /` from the static table of RFC 7541, appendix A,
/// in a HEADERS frame that ends stream 1.
pub(super) const GET: &[u8] = b"\0\0\x03\x01\x05\0\0\0\x01\x82\x86\x84";

const SETTINGS: u8 = 0x04;
const HEADERS: u8 = 0x01;
const PING: u8 = 0x06;
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
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert_eq!(client.bytes(9).await[3], SETTINGS);

    let mut client = server.connect().await;
    for piece in ["P", "RI * HTTP/1.1\r\nhost: x\r\n\r\n"] {
        client.send(piece).await;
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert!(client.answer().await.head.starts_with("http/1.1 4"));
}

#[tokio::test]
async fn dp_10_a_client_of_http2_is_told_to_go_away_and_its_request_finishes() {
    let gate = Arc::new(Notify::new());
    let wait = Arc::clone(&gate);
    let app = Router::new().route("/", get(|| async move { wait.notified().await }));
    let mut server = Server::start(app, |serve| serve.http2(true)).await;
    let mut client = server.connect().await;
    client.send(PREFACE).await;
    client.send(GET).await;
    // In a drain the server takes requests until its ping is answered, and this one lies before
    // the answer.
    while frame(&mut client).await != Some(SETTINGS) {}

    let begun = Instant::now();
    server.stop();
    while frame(&mut client).await != Some(GOAWAY) {}
    gate.notify_one();
    while frame(&mut client).await != Some(HEADERS) {}
    while frame(&mut client).await.is_some() {}
    server.ended().await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn security_24_whoever_floods_with_control_frames_keeps_nobody_else_waiting() {
    const FRAMES: [(&str, &[u8]); 3] = [
        ("PING", b"\0\0\x08\x06\0\0\0\0\0flooding"),
        ("SETTINGS", b"\0\0\0\x04\0\0\0\0\0"),
        ("PRIORITY", b"\0\0\x05\x02\0\0\0\0\x03\0\0\0\0\x10"),
    ];
    let server = Server::start(app(), |serve| serve.http2(true)).await;
    for (name, frame) in FRAMES {
        let (mut answers, mut flood) =
            TcpStream::connect(server.address).await.unwrap().into_split();
        let flooding = tokio::spawn(async move {
            let batch = frame.repeat(1000);
            flood.write_all(PREFACE).await.unwrap();
            for _ in 0..200 {
                // The server may have had enough.
                if flood.write_all(&batch).await.is_err() {
                    break;
                }
            }
        });
        // Who does not read what is answered is not read from either, and floods nobody.
        let reading = tokio::spawn(async move { tokio::io::copy(&mut answers, &mut sink()).await });
        let mut bystander = server.connect().await;
        let mut answered = 0;
        while !flooding.is_finished() {
            assert_eq!(bystander.get("/").await.body, "hello", "beside {name}");
            answered += 1;
        }
        assert!(answered > 0, "beside {name}");
        flooding.await.unwrap();
        reading.abort();
    }
}

/// Reads one frame (RFC 9113, section 4.1) and gives its type; `None` at the end.
pub(super) async fn frame(client: &mut Client) -> Option<u8> {
    let head = client.bytes_if_any(9).await?;
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    let body = client.bytes(length as usize).await;
    // The server measures with a ping when the client has seen that it is to go away.
    if head[3] == PING && head[4] == 0 {
        client.send([b"\0\0\x08\x06\x01\0\0\0\0", &body[..]].concat()).await;
    }
    Some(head[3])
}
