use super::harness::{EMPTY, Gateway, Origin, Peer, within};
use crate::upstream::{Timeouts, forward};

const ASKED: &str = "GET /chat HTTP/1.1\r\nhost: a\r\nconnection: keep-alive, Upgrade\r\nupgrade: websocket\r\n\
                     sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n";
const SWITCHED: &str = "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
                        sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nx-hop: 1\r\n\r\n";

/// An upstream that switches and then sends back what it receives, in upper case.
async fn shouting() -> Origin {
    Origin::talking(|mut socket: Peer, seen| async move {
        seen.send(socket.head().await.unwrap()).unwrap();
        socket.send(SWITCHED).await;
        socket.send("hello,").await;
        while let Some(byte) = socket.take(1).await {
            socket.send(byte.to_ascii_uppercase()).await;
        }
        seen.send(Default::default()).unwrap();
    })
    .await
}

#[tokio::test]
async fn rw_36_a_websocket_is_connected_both_ways() {
    let mut origin = shouting().await;
    let gateway = Gateway::with(origin.upstream(), |it| it.only_headers(["accept"])).await;
    let mut client = Peer::connect(gateway.address).await;
    client.send(ASKED).await;
    let head = client.head().await.unwrap();
    assert_eq!(head.line, "HTTP/1.1 101 Switching Protocols");
    assert_eq!(head.lines("sec-websocket-accept"), ["s3pPLMBiTxaQ9kYGzzhZRbK+xOo="]);
    assert_eq!(head.lines("upgrade"), ["websocket"]);
    let request = origin.request().await;
    assert_eq!(request.lines("connection"), ["upgrade"]);
    assert_eq!(request.lines("upgrade"), ["websocket"]);
    assert_eq!(request.lines("sec-websocket-key"), ["dGhlIHNhbXBsZSBub25jZQ=="]);
    assert_eq!(client.take(6).await.unwrap(), b"hello,");
    client.send("are you there").await;
    assert_eq!(client.take(13).await.unwrap(), b"ARE YOU THERE");
    drop(client);
    assert_eq!(origin.request().await.line, "");
}

#[tokio::test]
async fn rustsec_2026_0033_nothing_is_passed_before_both_have_switched() {
    // Bytes behind the request are for whoever speaks the new protocol; here nobody does.
    let origin = Origin::talking(|mut socket: Peer, seen| async move {
        seen.send(socket.head().await.unwrap()).unwrap();
        socket.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno").await;
        let rest = socket.rest().await;
        let line = String::from_utf8(rest).unwrap();
        seen.send(super::harness::Recorded { line, ..Default::default() }).unwrap();
    })
    .await;
    let mut origin = origin;
    let gateway = Gateway::to(origin.upstream()).await;
    let smuggled = "GET /smuggled HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    let mut client = Peer::connect(gateway.address).await;
    client.send(format!("{ASKED}{smuggled}")).await;
    let head = client.head().await.unwrap();
    assert_eq!(head.status(), 200);
    origin.request().await;
    // What followed was not sent along on this connection.
    let others = origin.request().await;
    assert!(!others.line.contains("smuggled"), "{others:?}");
}

#[tokio::test]
async fn bar_43_no_upgrade_but_websocket_is_passed_on() {
    for (head, body) in [
        (
            "connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__",
            "",
        ),
        ("connection: upgrade\r\nupgrade: websocket, h2c", ""),
        ("connection: close\r\nupgrade: websocket", ""),
        ("connection: upgrade\r\nupgrade: websocket\r\ncontent-length: 2", "ok"),
    ] {
        let mut origin = Origin::answering(EMPTY).await;
        let gateway = Gateway::to(origin.upstream()).await;
        let mut client = Peer::connect(gateway.address).await;
        client.send(format!("GET / HTTP/1.1\r\nhost: a\r\n{head}\r\n\r\n{body}")).await;
        assert_eq!(client.head().await.unwrap().status(), 200, "{head}");
        let request = origin.request().await;
        for name in ["upgrade", "connection", "http2-settings"] {
            assert!(request.lines(name).is_empty(), "{head}: {request:?}");
        }
    }
}

#[tokio::test]
async fn bar_43_a_switch_that_nobody_asked_for_is_502() {
    for asked in ["GET / HTTP/1.1\r\nhost: a\r\n\r\n", ASKED] {
        let answer = SWITCHED.replace("upgrade: websocket", "upgrade: other");
        let origin = Origin::closing(answer).await;
        let gateway = Gateway::to(origin.upstream()).await;
        let mut client = Peer::connect(gateway.address).await;
        client.send(asked).await;
        assert_eq!(client.head().await.unwrap().status(), 502);
    }
}

#[tokio::test]
async fn a_tunnel_that_falls_silent_is_closed() {
    let mut origin = shouting().await;
    let upstream = origin.upstream().timeouts(Timeouts::DEFAULT);
    let app = axum::Router::new().fallback(move |request: axum::extract::Request| async move {
        forward(request, &upstream).await
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(
        crate::serve(app).listener(listener).shutdown(std::future::pending()).into_future(),
    );
    let mut client = Peer::connect(address).await;
    client.send(ASKED).await;
    client.head().await.unwrap();
    client.take(6).await.unwrap();
    origin.request().await;
    tokio::time::pause();
    let started = tokio::time::Instant::now();
    assert_eq!(within(client.rest()).await, b"");
    assert!((600..=1200).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
}
