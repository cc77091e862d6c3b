use std::net::SocketAddr;

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    http::{StatusCode, header},
    response::Response,
    routing::{get, post},
};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::harness::Server;

fn app() -> Router {
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route(
            "/me",
            get(|ConnectInfo(client): ConnectInfo<SocketAddr>| async move { client.to_string() }),
        )
        .route("/echo", post(|body: String| async move { body }))
        .route("/up", get(upgrade))
}

/// Answers in capital letters from then on.
async fn upgrade(req: Request) -> Response {
    tokio::spawn(async move {
        let mut stream = TokioIo::new(hyper::upgrade::on(req).await.unwrap());
        let mut bytes = [0; 5];
        stream.read_exact(&mut bytes).await.unwrap();
        bytes.make_ascii_uppercase();
        stream.write_all(&bytes).await.unwrap();
    });
    let answer = Response::builder().status(StatusCode::SWITCHING_PROTOCOLS);
    let answer = answer.header(header::CONNECTION, "upgrade").header(header::UPGRADE, "shout");
    answer.body(Body::empty()).unwrap()
}

#[tokio::test]
async fn a_connection_serves_one_request_after_the_other() {
    let server = Server::start(app(), |serve| serve).await;
    let mut client = server.connect().await;
    for _ in 0..3 {
        let answer = client.get("/").await;
        assert_eq!((answer.status(), &*answer.body), (200, "hello"));
        assert!(!answer.head.contains("connection: close"));
    }
    client.send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nbody").await;
    assert_eq!(client.answer().await.body, "body");
    assert_eq!(client.get("/no/such/route").await.status(), 404);
}

#[tokio::test]
async fn requests_that_come_together_are_answered_in_order() {
    let server = Server::start(app(), |serve| serve).await;
    let mut client = server.connect().await;
    let first = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\n1";
    client.send(format!("{first}GET / HTTP/1.1\r\nhost: x\r\n\r\n{first}")).await;
    for body in ["1", "hello", "1"] {
        assert_eq!(client.answer().await.body, body);
    }
}

#[tokio::test]
async fn a_handler_learns_the_address_of_the_client() {
    let server = Server::start(app(), |serve| serve).await;
    let mut client = server.connect().await;
    let answer = client.get("/me").await;
    assert_eq!(answer.body, client.address().to_string());
}

#[tokio::test]
async fn a_connection_can_be_upgraded_whether_http2_is_on_or_not() {
    for http2 in [false, true] {
        let server = Server::start(app(), |serve| serve.http2(http2)).await;
        let mut client = server.connect().await;
        let upgrade =
            "GET /up HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: shout\r\n\r\n";
        client.send(upgrade).await;
        assert_eq!(client.answer().await.status(), 101);
        client.send("hello").await;
        assert_eq!(client.bytes(5).await, b"HELLO");
    }
}

#[tokio::test]
async fn with_a_keep_alive_of_zero_each_connection_serves_one_request() {
    let server = Server::start(app(), |serve| serve.keep_alive(std::time::Duration::ZERO)).await;
    let mut client = server.connect().await;
    assert!(client.get("/").await.head.contains("connection: close"));
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_head_may_have_a_hundred_headers_and_32_kib() {
    let server = Server::start(app(), |serve| serve).await;
    let head = |headers: usize, size: usize| {
        let mut head = "GET / HTTP/1.1\r\n".to_owned();
        (1..headers).for_each(|n| head += &format!("h{n}: x\r\n"));
        let filling = size.saturating_sub(head.len() + "last: \r\n\r\n".len());
        head + &format!("last: {}\r\n\r\n", "x".repeat(filling))
    };
    for (headers, size, status) in [
        (100, 0, 200),
        (101, 0, 431),
        (2, 32 * 1024, 200),
        (2, 32 * 1024 + 1, 431),
        (2, 300 * 1024, 431),
    ] {
        let mut client = server.connect().await;
        // All but one byte: the server may close before it has read the end of what is too long.
        client.send(&head(headers, size)[..size.min(60 * 1024).max(head(headers, 0).len())]).await;
        assert_eq!(client.answer().await.status(), status, "{headers} headers, {size} bytes");
    }
}

#[tokio::test]
async fn clients_above_the_number_wait_until_one_leaves() {
    let server = Server::start(app(), |serve| serve.max_connections(1)).await;
    let mut first = server.connect().await;
    first.get("/").await;

    let mut second = server.connect().await;
    second.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(first.get("/").await.status(), 200);
    drop(first);
    assert_eq!(second.answer().await.status(), 200);
}

#[tokio::test]
async fn a_panic_ends_one_connection_and_no_other() {
    let app = app().route("/panic", get(|| async { panic!("on purpose") as () }));
    let server = Server::start(app, |serve| serve).await;
    let mut other = server.connect().await;
    other.get("/").await;

    let mut client = server.connect().await;
    client.send("GET /panic HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(client.rest().await, "");
    assert_eq!(other.get("/").await.status(), 200);
    assert_eq!(server.connect().await.get("/").await.status(), 200);
}
