//! `instrumentation.rs`: what runs before the server, who hears of errors (rows IN-01, IN-02, RH-420 to RH-422, PX-86).

use std::sync::atomic::Ordering;

use tokio::net::TcpListener;
use tracing::Level;

use crate::{
    apps::{
        observed::{self, REGISTERED, REPORTS},
        refusing,
    },
    support::{Answer, Log, Server, call, within},
};

#[tokio::test]
async fn in_01_rh_420_register_runs_once_for_the_process_before_the_first_request() {
    let one = Server::start(observed::app::router()).await;
    one.get("/posts/7").await;
    assert_eq!(REGISTERED.load(Ordering::SeqCst), 1);
    let other = Server::start(observed::app::router()).await;
    other.get("/posts/7").await;
    observed::app::register().await.expect("it has succeeded before");
    assert_eq!(REGISTERED.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn in_01_a_register_that_fails_stops_the_start_before_the_address_is_taken() {
    let router = refusing::app::router();
    // On this port the server could not listen, and would say so.
    let taken = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let addr = taken.local_addr().expect("an address");
    let log = Log::of(Level::ERROR);
    let served = within("a start that fails", bff::serve(router).addr(addr).into_future()).await;
    let error = served.expect_err("`register` has failed");
    assert_eq!(error.to_string(), "the collector is away");
    assert!(error.source().is_some_and(|source| source.is::<std::io::Error>()));
    let line = log.line("`register` failed").await;
    assert!(
        line.contains("instrumentation.rs") && line.contains("the collector is away"),
        "{line}"
    );
    // It is run again by whoever asks again, for a program that tries again.
    assert!(refusing::app::register().await.is_err());
}

/// Sends a request with this id to the app.
async fn send(line: &str, id: &str) -> Answer {
    let server = Server::start(observed::app::router()).await;
    server.send(call(line).header("x-request-id", id)).await
}

#[tokio::test]
async fn in_02_a_stale_answer_that_cannot_be_made_anew_is_an_error_of_the_request_that_asked_for_it()
 {
    let server = Server::start(observed::app::router()).await;
    let ask = |id| server.send(call("GET /stale?a=1").header("x-request-id", id));
    let fine = ask("s1").await;
    fine.is(200, "fine");
    // The app has a proxy, which no cache in front asks (RH-251).
    assert_eq!(fine.header("cache-control"), Some("private, no-cache"));
    bff::cache::revalidate_tag("observed-stale").await.expect("a tag");
    ask("s2").await.is(200, "fine");
    let expected = "Handler /stale apps/observed/app/stale/route.rs | GET /stale?a=1 | an error occurred when \
                    formatting an argument fmt";
    assert_eq!(REPORTS.first("s2").await, expected);
    assert!(REPORTS.now("s1").is_empty());
}

#[tokio::test]
async fn in_02_rh_421_px_86_each_error_that_nobody_chose_is_told_with_its_place() {
    for (id, line, expected) in [
        (
            "t1",
            "GET /failing?page=2&token=s3cret",
            "Handler /failing apps/observed/app/failing/route.rs | GET /failing?page=2&token=[redacted] | an error occurred when formatting an argument fmt",
        ),
        (
            "t2",
            "PUT /failing",
            "Handler /failing apps/observed/app/failing/route.rs | PUT /failing | an error occurred when formatting an argument fmt",
        ),
        (
            "t3",
            "GET /panicking",
            "Handler /panicking apps/observed/app/panicking/route.rs panic | GET /panicking | a panic with\na line break",
        ),
        (
            "t4",
            "GET /reset/s3cret-that-fails",
            "Handler /reset/{token} apps/observed/app/reset/[token]/route.rs | GET /reset/[redacted] | no such token",
        ),
        (
            "t5",
            "GET /proxied?proxy=fails",
            "Proxy - proxy.rs | GET /proxied?proxy=fails | the proxy failed",
        ),
        (
            "t6",
            "GET /proxied?proxy=panics",
            "Proxy - proxy.rs panic | GET /proxied?proxy=panics | the proxy panicked",
        ),
        (
            "t7",
            "HEAD /failing",
            "Handler /failing apps/observed/app/failing/route.rs | HEAD /failing | an error occurred when formatting an argument fmt",
        ),
    ] {
        let answer = send(line, id).await;
        assert_eq!(answer.status, 500, "{line}");
        assert_eq!(answer.header("x-request-id"), Some(id), "{line}");
        assert_eq!(REPORTS.first(id).await, expected, "{line}");
        assert_eq!(REPORTS.now(id).len(), 1, "{line}: {:?}", REPORTS.now(id));
        answer.tells_no_secret();
    }
    for (id, line, part) in [
        ("t8", "GET /broken", "GET /broken | not a response: "),
        ("t9", "POST /failing", "POST /failing | "),
        ("t10", "GET /proxied?proxy=asks+too+much", "Proxy - proxy.rs | "),
    ] {
        send(line, id).await.opaque();
        let report = REPORTS.first(id).await;
        assert!(report.contains(part), "{report}");
    }
}

#[tokio::test]
async fn in_02_rh_421_answers_that_somebody_chose_are_not_told() {
    let server = Server::start(observed::app::router()).await;
    for (line, status) in [
        ("GET /chosen", 500),
        ("POST /chosen", 415),
        ("GET /nothing", 404),
        ("DELETE /chosen", 405),
        ("GET /posts/x", 404),
        ("GET /posts/7", 200),
    ] {
        let answer = server.send(call(line).header("x-request-id", "chosen")).await;
        assert_eq!(answer.status, status, "{line}");
    }
    // Reports come in order, as there is one thread; so this one would come after theirs.
    server.send(call("GET /failing").header("x-request-id", "chosen-last")).await;
    REPORTS.first("chosen-last").await;
    assert_eq!(REPORTS.now("chosen"), [""; 0]);
}

#[tokio::test]
async fn rh_422_a_hook_that_fails_panics_or_never_ends_harms_no_response() {
    let log = Log::of(Level::ERROR);
    let server = Server::start(observed::app::router()).await;
    for (hook, logged) in [
        ("fails", "`on_request_error` failed: the hook failed"),
        ("panics", "`on_request_error` panicked"),
        ("never", ""),
    ] {
        let line = format!("GET /failing?hook={hook}");
        let answer = server.send(call(&line).header("x-request-id", hook)).await;
        answer.opaque();
        REPORTS.first(hook).await;
        if !logged.is_empty() {
            assert!(log.line(logged).await.contains("instrumentation.rs"));
        }
    }
    server.get("/posts/7").await;
}

#[tokio::test]
async fn in_02_routes_alone_and_routes_in_a_nest_tell_their_errors_too() {
    let routes = bff::axum::Router::new().nest("/api", observed::app::routes().with_state(()));
    let nested = bff::axum::Router::new().nest("/api", observed::app::router());
    for (id, router) in [("routes", routes), ("nested", nested)] {
        let server = Server::start(router).await;
        let call = call("GET /api/reset/s3cret-that-fails").header("x-request-id", id);
        server.send(call).await.opaque();
        let expected = "Handler /reset/{token} apps/observed/app/reset/[token]/route.rs | GET /api/reset/[redacted] | no such token";
        assert_eq!(REPORTS.first(id).await, expected);
    }
}

#[tokio::test]
async fn the_id_is_on_every_answer_of_an_app_that_hears_of_errors() {
    let server = Server::start(observed::app::router()).await;
    let answer = server.get("/posts/7").await;
    let id = answer.header("x-request-id").expect("an id").to_owned();
    answer.is(200, &format!("7 {id}"));
    assert!(server.get("/nothing").await.header("x-request-id").is_some());
}
