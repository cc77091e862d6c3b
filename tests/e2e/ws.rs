//! RH-235: WebSockets in a GET handler (RFC 6455).

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Bytes, Error, Message,
        client::IntoClientRequest,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

use crate::{
    apps::around::{self, Around},
    support::{Answer, Call, Connection, Server, call, within},
};

async fn server() -> (Server, Around) {
    let around = Around::default();
    (Server::start(around::app::router(around.clone())).await, around)
}

struct Client(WebSocketStream<TcpStream>);

impl Client {
    /// Opens a socket, and gives the header lines of the answer beside it.
    async fn open(
        server: &Server,
        path: &str,
        headers: &[(&'static str, &'static str)],
    ) -> (Self, Vec<(String, String)>) {
        let stream = within("connecting", TcpStream::connect(server.addr)).await.expect("a server");
        let mut request =
            format!("ws://{}{path}", server.addr).into_client_request().expect("a URL");
        for (name, value) in headers {
            request.headers_mut().append(*name, value.parse().expect("a header"));
        }
        let opening = within("the handshake", client_async(request, stream));
        let (socket, response) = opening.await.expect("the socket opens");
        assert_eq!(response.status(), 101);
        let lines = response.headers().iter().map(|(name, value)| {
            (name.to_string(), value.to_str().expect("a header is text").to_owned())
        });
        (Self(socket), lines.collect())
    }

    async fn send(&mut self, message: Message) {
        within("sending", self.0.send(message)).await.expect("the socket is open");
    }

    async fn next(&mut self) -> Option<Result<Message, Error>> {
        within("a message", self.0.next()).await
    }

    async fn text(&mut self) -> String {
        match self.next().await {
            Some(Ok(Message::Text(text))) => text.to_string(),
            other => panic!("not a text: {other:?}"),
        }
    }
}

/// The key and the answer to it of RFC 6455 section 1.3.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// A handshake whose headers can be replaced, or left out with the empty string.
async fn handshake(server: &Server, path: &str, replaced: &[(&str, &str)]) -> Answer {
    let mut lines = vec![
        ("Host", "app.test"),
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", KEY),
    ];
    lines.retain(|(name, _)| replaced.iter().all(|(other, _)| name != other));
    lines.extend(replaced.iter().filter(|(_, value)| !value.is_empty()));
    let mut request = format!("GET {path} HTTP/1.1\r\n");
    for (name, value) in lines {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut connection = Connection::open(server.addr).await;
    connection.send(format!("{request}\r\n")).await;
    connection.answer("GET").await
}

#[tokio::test]
async fn rh_235_messages_go_back_and_forth() {
    let (server, around) = server().await;
    let (mut client, _) = Client::open(&server, "/ws/blue", &[]).await;
    assert_eq!(client.text().await, "room blue, None");
    client.send(Message::text("grüße")).await;
    assert_eq!(client.text().await, "grüße");
    client.send(Message::binary(vec![0, 159, 146])).await;
    assert_eq!(client.next().await.unwrap().unwrap(), Message::binary(vec![0, 159, 146]));
    client.send(Message::Ping(Bytes::from_static(b"?"))).await;
    assert_eq!(client.next().await.unwrap().unwrap(), Message::Pong(Bytes::from_static(b"?")));
    // As much as is taken: 1 MiB.
    let large = "x".repeat(1024 * 1024);
    client.send(Message::text(large.clone())).await;
    assert!(client.text().await == large);
    client.send(Message::Close(None)).await;
    assert!(matches!(client.next().await, Some(Ok(Message::Close(_)))));
    assert!(client.next().await.is_none());
    assert_eq!(around.events.next().await, "socket over");
}

#[tokio::test]
async fn rh_235_the_answer_is_that_of_the_rfc() {
    let (server, _) = server().await;
    let answer = handshake(&server, "/ws/blue", &[]).await;
    assert_eq!(answer.status, 101);
    assert_eq!(answer.header("sec-websocket-accept"), Some(ACCEPT));
    assert_eq!(answer.header("upgrade"), Some("websocket"));
    assert_eq!(answer.header("connection"), Some("upgrade"));
    assert_eq!((answer.header("content-length"), answer.header("transfer-encoding")), (None, None));
}

#[tokio::test]
async fn rh_235_the_best_subprotocol_that_both_speak_is_chosen() {
    let (server, _) = server().await;
    for (offered, chosen) in [
        ("chat.v1, chat.v2", Some("chat.v2")),
        ("chat.v1", Some("chat.v1")),
        ("chat.v3,chat.v1", Some("chat.v1")),
    ] {
        let offer = [("sec-websocket-protocol", offered)];
        let (mut client, headers) = Client::open(&server, "/ws/blue", &offer).await;
        let sent = headers.iter().find(|(name, _)| name == "sec-websocket-protocol");
        assert_eq!(sent.map(|(_, value)| &**value), chosen, "{offered}");
        assert_eq!(client.text().await, format!("room blue, {chosen:?}"));
    }
}

#[tokio::test]
async fn rh_235_other_requests_and_methods_are_told_what_to_do() {
    let (server, _) = server().await;
    let get = server.get("/ws/blue").await;
    get.problem(426);
    assert_eq!(get.header("upgrade"), Some("websocket"));
    let head = server.send("HEAD /ws/blue").await;
    assert_eq!((head.status, &*head.body), (426, &b""[..]));
    assert_eq!(head.header("upgrade"), Some("websocket"));
    let options = server.send("OPTIONS /ws/blue").await;
    assert_eq!((options.status, options.header("allow")), (204, Some("GET, HEAD, OPTIONS")));
    let post = server.send("POST /ws/blue").await;
    post.problem(405);
    assert_eq!(post.header("allow"), Some("GET, HEAD, OPTIONS"));
    // A handshake with another method is none.
    let head: Call = ["Upgrade: websocket", "Sec-WebSocket-Version: 13"]
        .iter()
        .filter_map(|line| line.split_once(": "))
        .fold(call("HEAD /ws/blue"), |call, (name, value)| call.header(name, value));
    assert_eq!(server.send(head.header("Sec-WebSocket-Key", KEY)).await.status, 426);
}

#[tokio::test]
async fn rh_235_a_broken_handshake_is_refused() {
    let (server, _) = server().await;
    for (replaced, status) in [
        (&[("Upgrade", "h2c")][..], 426),
        (&[("Upgrade", "")], 426),
        (&[("Upgrade", "WebSocket")], 101),
        (&[("Connection", "close")], 426),
        (&[("Connection", "keep-alive, Upgrade")], 101),
        (&[("Sec-WebSocket-Version", "8")], 426),
        (&[("Sec-WebSocket-Version", "")], 426),
        (&[("Sec-WebSocket-Key", "")], 400),
        (&[("Sec-WebSocket-Key", "short")], 400),
        (&[("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=!")], 400),
        (&[("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZSEhISEhISE=")], 400),
        (&[("Sec-WebSocket-Key", KEY), ("Sec-WebSocket-Key", KEY)], 400),
    ] {
        let answer = handshake(&server, "/ws/blue", replaced).await;
        assert_eq!(answer.status, status, "{replaced:?}");
    }
    let answer = handshake(&server, "/ws/blue", &[("Sec-WebSocket-Version", "8")]).await;
    assert_eq!(answer.header("sec-websocket-version"), Some("13"));
}

#[tokio::test]
async fn rh_235_only_pages_that_may_open_a_socket_do() {
    let (server, _) = server().await;
    for (path, origin, status) in [
        ("/ws/blue", "", 101),
        ("/ws/blue", "https://app.test", 101),
        ("/ws/blue", "http://app.test", 101),
        ("/ws/blue", "https://evil.test", 403),
        ("/ws/blue", "https://app.test.evil.test", 403),
        ("/ws/blue", "https://app.test:8443", 403),
        ("/ws/blue", "null", 403),
        ("/ws/origins", "https://app.test", 101),
        ("/ws/origins", "https://app.example.com", 101),
        ("/ws/origins", "https://APP.example.com:443", 101),
        ("/ws/origins", "http://localhost:5173", 101),
        ("/ws/origins", "http://app.example.com", 403),
        ("/ws/origins", "http://localhost:5174", 403),
        ("/ws/origins", "null", 403),
        ("/ws/origins", "nonsense", 403),
        ("/ws/origins", "https://evil.test", 403),
        ("/ws/any", "https://evil.test", 101),
        ("/ws/any", "null", 101),
    ] {
        let answer = handshake(&server, path, &[("Origin", origin)]).await;
        assert_eq!(answer.status, status, "{origin} at {path}");
        if status == 403 {
            answer.problem(403);
            assert_eq!(answer.header("sec-websocket-accept"), None);
        }
    }
    let twice = [("Origin", "https://app.test"), ("Origin", "https://app.test")];
    assert_eq!(handshake(&server, "/ws/blue", &twice).await.status, 403);
}

#[tokio::test]
async fn rh_235_a_message_that_is_too_large_ends_the_socket() {
    let (server, around) = server().await;
    let (mut client, _) = Client::open(&server, "/ws/small", &[]).await;
    client.send(Message::text("x".repeat(10))).await;
    assert_eq!(around.events.next().await, "taken");
    client.send(Message::text("x".repeat(11))).await;
    assert_eq!(around.events.next().await, "refused");
    assert!(!matches!(client.next().await, Some(Ok(Message::Text(_)))));

    let (mut client, _) = Client::open(&server, "/ws/blue", &[]).await;
    client.text().await;
    // The server may be gone before all of it is sent.
    let _ = client.0.send(Message::text("x".repeat(1024 * 1024 + 1))).await;
    assert_eq!(around.events.next().await, "socket over");
}

#[tokio::test]
async fn rh_235_rh_356_work_follows_the_switch_and_the_id_is_on_it() {
    let (server, around) = server().await;
    let id = [("x-request-id", "abc")];
    let (mut client, headers) = Client::open(&server, "/ws/around", &id).await;
    assert!(headers.contains(&("x-request-id".to_owned(), "abc".to_owned())));
    around.work.notify_one();
    assert_eq!(around.events.next().await, "done");
    assert_eq!(client.text().await, "abc /ws/around");
}

#[tokio::test]
async fn rh_235_rh_367_a_server_that_stops_tells_its_sockets_and_waits_for_them() {
    let (server, around) = server().await;
    let (mut client, _) = Client::open(&server, "/ws/blue", &[]).await;
    client.text().await;
    let stopped = server.stop();
    let reason = "the server stops".into();
    assert_eq!(
        client.next().await.unwrap().unwrap(),
        Message::Close(Some(CloseFrame { code: CloseCode::Away, reason }))
    );
    assert!(!stopped.is_finished());
    // The client's answer goes out with its next look at the socket.
    assert!(client.next().await.is_none());
    assert_eq!(around.events.next().await, "socket over");
    within("the server to end", stopped).await.expect("the server runs");
}
