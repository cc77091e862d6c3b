//! Request ids: taken when they are sane, made otherwise, and on the response of who asked.

use tracing::Level;

use crate::{
    apps::{
        around::{self, Around},
        rows,
    },
    support::{Answer, Log, Server, call},
};

async fn send(line: &str, id: Option<&str>) -> Answer {
    let server = Server::start(around::app::router(Around::default())).await;
    let call = call(line);
    server.send(if let Some(id) = id { call.header("x-request-id", id) } else { call }).await
}

#[tokio::test]
async fn an_id_is_the_same_for_all_who_ask_and_on_the_response() {
    let answer = send("GET /request-id", None).await;
    let id = answer.header("x-request-id").expect("an id").to_owned();
    assert_eq!(id.len(), 36);
    answer.is(200, &format!("{id} {id}"));
    let other = send("GET /request-id", None).await;
    assert_ne!(other.header("x-request-id"), Some(&*id));
}

#[tokio::test]
async fn the_id_of_the_request_is_kept_when_it_is_a_token() {
    let answer = send("GET /request-id", Some("abc-1.2")).await;
    answer.is(200, "abc-1.2 abc-1.2");
    assert_eq!(answer.header("x-request-id"), Some("abc-1.2"));
    let answer = send("GET /request-id", Some("a b")).await;
    assert_eq!(answer.header("x-request-id").map(str::len), Some(36));
}

#[tokio::test]
async fn the_id_is_on_the_answer_to_a_panic_and_head() {
    let answer = send("POST /request-id", Some("abc")).await;
    answer.opaque();
    assert_eq!(answer.header("x-request-id"), Some("abc"));
    assert_eq!(send("HEAD /request-id", Some("abc")).await.header("x-request-id"), Some("abc"));
}

#[tokio::test]
async fn a_header_of_the_handler_stays_and_who_asks_nothing_gets_nothing() {
    let answer = send("PUT /request-id", Some("abc")).await;
    answer.is(200, "abc");
    assert_eq!(answer.header("x-request-id"), Some("my own"));
    assert_eq!(send("DELETE /request-id", Some("abc")).await.header("x-request-id"), None);
}

#[tokio::test]
async fn security_60_a_failure_has_one_id_in_its_body_its_header_and_the_log() {
    let log = Log::of(Level::ERROR);
    let server = Server::start(rows::app::router()).await;
    for path in ["/results/question-mark", "/results/panics/text", "/results/panics/late"] {
        let answer = server.get(path).await;
        let problem = answer.problem(500);
        let id = problem["request_id"].as_str().expect("an id");
        assert_eq!(answer.header("x-request-id"), Some(id), "{path}");
        log.line(id).await;
    }
    // What a handler answers itself is no failure.
    let answer = server.get("/results/text").await;
    assert_eq!(answer.header("x-request-id"), None);
}
