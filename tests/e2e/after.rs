//! Section 17 of the spec: work that runs when the response has been sent.

use tokio::net::TcpStream;

use crate::{
    apps::around::{self, Around},
    support::{Answer, Connection, Server, call, in_process, within},
};

async fn server() -> (Server, Around) {
    let around = Around::default();
    (Server::start(around::app::router(around.clone())).await, around)
}

/// Sends a request whose work waits for the test, so that its whole answer comes first; then lets it go on.
async fn work_follows(line: &str) -> Answer {
    let (server, around) = server().await;
    let answer = server.send(line).await;
    around.events.has_none(line).await;
    around.work.notify_one();
    assert_eq!(around.events.next().await, "done", "{line}");
    answer
}

#[tokio::test]
async fn rh_356_rh_362_work_follows_every_answer_and_delays_none() {
    for (how, status) in [
        ("answer", 200),
        ("length", 200),
        ("no-content", 204),
        ("not-modified", 304),
        ("nothing", 200),
        ("error", 500),
        ("redirect", 307),
        ("not-found", 404),
        ("panic", 500),
        ("late-panic", 500),
        ("no-status", 500),
        ("chunks", 200),
        ("axum/7", 200),
        ("factory", 200),
    ] {
        for method in ["GET", "HEAD"] {
            let answer = work_follows(&format!("{method} /after/{how}")).await;
            assert_eq!(answer.status, status, "{method} {how}");
            answer.tells_no_secret();
        }
    }
}

#[tokio::test]
async fn rh_356_the_head_of_an_answer_is_the_same_with_work_as_without() {
    for (how, length) in [
        ("answer", Some("8")),
        ("length", Some("8")),
        ("no-content", None),
        ("not-modified", None),
        ("nothing", Some("0")),
        ("redirect", Some("0")),
        ("chunks", None),
        ("axum/7", Some("10")),
    ] {
        for method in ["GET", "HEAD"] {
            let answer = work_follows(&format!("{method} /after/{how}")).await;
            assert_eq!(answer.header("content-length"), length, "{method} {how}");
        }
    }
    work_follows("GET /after/answer").await.is(200, "answered");
    work_follows("GET /after/chunks").await.is(200, "onetwo");
}

#[tokio::test]
async fn rh_356_a_connection_stays_in_order_around_work() {
    let (server, around) = server().await;
    let mut connection = Connection::open(server.addr).await;
    for _ in 0..3 {
        for how in ["no-content", "not-modified", "nothing", "answer", "chunks"] {
            for method in ["GET", "HEAD"] {
                connection
                    .send(format!("{method} /after/{how} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .await;
                connection.answer(method).await;
                around.work.notify_one();
                assert_eq!(around.events.next().await, "done", "{method} {how}");
            }
        }
    }
}

#[tokio::test]
async fn rh_362_work_follows_the_refusal_of_a_later_argument() {
    let (server, around) = server().await;
    let call = call("POST /after/refused").header("content-type", "application/json").body("x");
    assert_eq!(server.send(call).await.status, 400);
    around.work.notify_one();
    assert_eq!(around.events.next().await, "done");
}

#[tokio::test]
async fn rh_362_work_follows_a_body_that_breaks_off() {
    for how in ["broken", "broken-panic"] {
        let (server, around) = server().await;
        let answer = server.get(&format!("/after/{how}")).await;
        assert!(answer.broken, "{answer:?}");
        around.work.notify_one();
        assert_eq!(around.events.next().await, "done", "{how}");
    }
}

#[tokio::test]
async fn rh_362_work_runs_when_the_client_leaves_before_the_answer() {
    let (server, around) = server().await;
    let mut connection = Connection::open(server.addr).await;
    connection.send("GET /after/waiting HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert_eq!(around.events.next().await, "waiting");
    drop(connection);
    around.work.notify_one();
    assert_eq!(around.events.next().await, "done");
}

#[tokio::test]
async fn rh_362_work_runs_when_the_client_leaves_during_the_body() {
    let (server, around) = server().await;
    let mut connection = Connection::open(server.addr).await;
    connection.send("GET /after/endless HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    connection.head().await.expect("a head");
    assert_eq!(connection.chunk().await.as_deref(), Some(&b"again"[..]));
    assert_eq!(around.events.next().await, "polled");
    around.work.notify_one();
    around.events.has_none("a body that streams").await;
    drop(connection);
    assert_eq!(around.events.next().await, "dropped");
    assert_eq!(around.events.next().await, "done");
}

#[tokio::test]
async fn rh_356_work_runs_in_process_too() {
    let around = Around::default();
    let router = around::app::router(around.clone());
    in_process(&router, "GET /after/answer").await.is(200, "answered");
    around.work.notify_one();
    assert_eq!(around.events.next().await, "done");
}

#[tokio::test]
async fn rh_357_rh_361_work_starts_in_order_and_at_the_same_time_and_a_panic_stops_none() {
    let (server, around) = server().await;
    server.get("/after/several").await.is(200, "answered");
    let mut events = Vec::new();
    for _ in 0..7 {
        events.push(around.events.next().await);
    }
    assert_eq!(events[..4], ["handler starts", "handler ends", "first starts", "second starts"]);
    for event in ["first ends", "second ends", "third runs"] {
        assert!(events[4..].contains(&event), "{events:?}");
    }
}

#[tokio::test]
async fn rh_358_rh_359_work_may_wait_for_what_runs_already_and_have_work_of_its_own() {
    let (server, around) = server().await;
    server.send("PUT /after/gated").await.is(200, "answered");
    let mut events = [around.events.next().await, around.events.next().await];
    events.sort();
    assert_eq!(events, ["of a task", "running already"]);
    around.work.notify_one();
    assert_eq!(around.events.next().await, "nested");
}

#[tokio::test]
async fn rh_367_a_server_that_stops_waits_for_the_request_and_then_for_its_work() {
    let (server, around) = server().await;
    let mut connection = Connection::open(server.addr).await;
    connection.send("GET /after/gated HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert_eq!(around.events.next().await, "waiting");

    let addr = server.addr;
    let stopped = server.stop();
    within("the listener to go", async {
        while TcpStream::connect(addr).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    around.handler.notify_one();
    connection.answer("GET").await.is(200, "answered");
    assert_eq!(connection.rest().await, b"");
    assert!(!stopped.is_finished());
    around.work.notify_one();
    assert_eq!(around.events.next().await, "done");
    within("the server to end", stopped).await.expect("the server runs");
}
