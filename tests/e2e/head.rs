//! HEAD: the headers of GET and no body (RH-053 to RH-055; RFC 9110 section 9.3.2).

use crate::{
    apps::{
        catalog::{self, Catalog},
        rows,
    },
    support::{Connection, Server, call},
};

async fn server() -> Server {
    Server::start(rows::app::router()).await
}

#[tokio::test]
async fn rh_053_head_runs_the_get_handler_and_tells_it_the_method() {
    let server = server().await;
    let answer = server.send("HEAD /methods/whoami").await;
    assert_eq!((answer.status, answer.header("x-method")), (200, Some("HEAD")));
    let answer = server.get("/methods/whoami").await;
    assert_eq!(answer.header("x-method"), Some("GET"));
}

#[tokio::test]
async fn rh_053_rh_054_head_has_the_header_lines_of_get_with_the_known_length() {
    let server = server().await;
    for path in [
        "/methods/get-only",
        "/methods/post-only",
        "/methods/empty",
        "/methods/not-modified",
        "/methods/announced",
        "/methods/elsewhere",
        "/methods/nothing",
        "/results/response",
        "/results/json",
        "/results/status",
        "/results/nothing",
        "/results/question-mark",
        "/results/interrupts",
        "/results/own-errors",
        "/results/panics/text",
        "/nowhere",
        "/results//json",
    ] {
        for accept in ["*/*", "text/plain"] {
            let get = server.send(call(&format!("GET {path}")).header("accept", accept)).await;
            let head = server.send(call(&format!("HEAD {path}")).header("accept", accept)).await;
            assert_eq!(head.status, get.status, "{path}");
            assert_eq!(head.clone().without_noise().headers, get.without_noise().headers, "{path}");
            assert_eq!(head.body, b"", "{path}");
        }
    }
}

#[tokio::test]
async fn rh_054_head_of_a_known_length_says_it() {
    let server = server().await;
    for (path, length) in [
        ("/methods/get-only", Some("8")),
        ("/methods/announced", Some("9")),
        ("/methods/streamed", None),
    ] {
        let answer = server.send(call(&format!("HEAD {path}"))).await;
        assert_eq!((answer.status, answer.header("content-length")), (200, length), "{path}");
    }
    server.get("/methods/announced").await.is(200, "onetwosix");
    server.get("/methods/streamed").await.is(200, "onetwothree");
}

#[tokio::test]
async fn rh_054_head_drops_a_stream_at_once_and_unread() {
    // The last one is reached through axum's own router.
    for (path, alone) in ["/live", "/live/explicit", "/axum/stream"]
        .into_iter()
        .flat_map(|path| [(path, false), (path, true)])
    {
        let catalog = Catalog::default();
        let state = catalog.clone();
        let router = if alone {
            catalog::app::routes().with_state(state)
        } else {
            catalog::app::router(state)
        };
        let server = Server::start(router).await;
        let mut connection = Connection::open(server.addr).await;
        connection.send(format!("HEAD {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
        let answer = connection.answer("HEAD").await;
        assert_eq!((answer.status, answer.header("content-length")), (200, None), "{path}");
        assert_eq!(catalog.events.next().await, "dropped", "{path}");
        // The connection is in order.
        connection.send("GET /built HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
        connection.answer("GET").await.is(200, "the one that is built");
    }
}

#[tokio::test]
async fn a_stream_is_dropped_when_its_client_goes() {
    for path in ["/live", "/axum/stream"] {
        let catalog = Catalog::default();
        let server = Server::start(catalog::app::router(catalog.clone())).await;
        let mut connection = Connection::open(server.addr).await;
        connection.send(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
        let (status, _) = connection.head().await.expect("a head");
        assert_eq!(status, 200);
        assert_eq!(connection.chunk().await.as_deref(), Some(&b"again"[..]));
        assert_eq!(catalog.events.next().await, "polled");
        drop(connection);
        assert_eq!(catalog.events.next().await, "dropped");
    }
}

#[tokio::test]
async fn rh_055_an_explicit_head_runs_and_its_body_is_dropped() {
    let server = server().await;
    let answer = server.send("HEAD /methods/get-and-head").await;
    answer.is(200, "");
    assert_eq!(answer.lines("x-from"), ["head"]);
    assert_eq!(answer.lines("content-type"), ["application/json"]);
    server.get("/methods/get-and-head").await.is(200, "from get");
}

#[tokio::test]
async fn head_of_204_and_304_has_no_length() {
    let server = server().await;
    for (path, status) in [("/methods/empty", 204), ("/methods/not-modified", 304)] {
        let answer = server.send(call(&format!("HEAD {path}"))).await;
        assert_eq!((answer.status, answer.header("content-length")), (status, None), "{path}");
    }
}

#[tokio::test]
async fn many_heads_on_one_connection_stay_in_step() {
    let server = server().await;
    let mut connection = Connection::open(server.addr).await;
    let paths = [
        "/methods/get-only",
        "/methods/streamed",
        "/nowhere",
        "/methods/post-only",
        "/results/panics/late",
    ];
    for path in paths.into_iter().cycle().take(20) {
        connection.send(format!("HEAD {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
        connection.answer("HEAD").await;
    }
    connection.send("GET /methods/get-only HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    connection.answer("GET").await.is(200, "only GET");
}
