//! The span of a request (rows RH-423, IN-03).

use tracing::Level;

use crate::{
    apps::{
        catalog::{self, Catalog},
        observed,
    },
    support::{Log, Server, call},
};

#[tokio::test]
async fn rh_423_a_request_is_in_a_span_with_its_route_and_not_its_path() {
    let log = Log::of(Level::DEBUG);
    let server = Server::start(observed::app::router()).await;
    server.send(call("GET /posts/7?token=s3cret").header("x-request-id", "span-1")).await;
    let event = log.line("a post is shown").await;
    let end = log.line("bff::request: close").await;
    for line in [&event, &end] {
        for part in [
            "request{",
            "otel.name=GET /posts/{id}",
            "otel.kind=\"server\"",
            "http.request.method=GET",
            "http.route=\"/posts/{id}\"",
            "request_id=span-1",
        ] {
            assert!(line.contains(part), "{part} is not in {line}");
        }
    }
    assert!(end.contains("http.response.status_code=200"), "{end}");
    assert!(!end.contains("error.type"), "{end}");
    assert!(!log.text().contains("/posts/7") && !log.text().contains("s3cret"), "{}", log.text());
}

#[tokio::test]
async fn rh_423_a_failure_marks_its_span_and_is_logged_in_it() {
    let log = Log::of(Level::DEBUG);
    let server = Server::start(observed::app::router()).await;
    for (line, id) in [("GET /failing", "span-2"), ("GET /proxied?proxy=fails", "span-3")] {
        server.send(call(line).header("x-request-id", id)).await.opaque();
        let failed = log.lines("a handler failed");
        assert!(failed.iter().any(|line| line.contains(&format!("request_id={id}"))), "{failed:?}");
        let ends = log.lines("bff::request: close");
        let end = ends.iter().find(|line| line.contains(id)).expect("the span has ended");
        for part in
            ["http.response.status_code=500", "error.type=\"500\"", "otel.status_code=\"ERROR\""]
        {
            assert!(end.contains(part), "{part} is not in {end}");
        }
    }
}

#[tokio::test]
async fn rh_423_every_request_of_any_app_has_one_span() {
    let log = Log::of(Level::DEBUG);
    let server = Server::start(catalog::app::router(Catalog::default())).await;
    for (line, status) in [("GET /no/such/thing", 404), ("PATCH /", 405)] {
        let answer = server.send(call(line)).await;
        assert_eq!(answer.status, status, "{line}");
        // The level of a log changes nothing about an answer.
        assert_eq!(answer.header("x-request-id"), None);
    }
    let ends = log.lines("bff::request: close");
    assert_eq!(ends.len(), 2, "{ends:?}");
    assert!(ends[0].contains("=404") && !ends[0].contains("http.route"), "{ends:?}");
    assert!(ends[1].contains("=405") && ends[1].contains("http.route=\"/\""), "{ends:?}");
}

#[tokio::test]
async fn without_a_listener_there_is_no_span() {
    let log = Log::of(Level::INFO);
    let server = Server::start(observed::app::router()).await;
    server.get("/posts/7").await;
    assert!(!log.line("a post is shown").await.contains("request{"));
}
