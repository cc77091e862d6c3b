//! The access log, as a terminal shows it (security rows 30, 31 and 61).

use bff::request::TrustedProxies;
use tracing::Level;

use crate::{
    apps::{
        catalog::{self, Catalog},
        observed,
    },
    support::{Connection, Log, Server, call, within},
};

const ACCESS: &str = "bff::access:";

/// The line of the request with this id, which is the last thing in it.
async fn line_of(log: &Log, id: &str) -> String {
    let line = log.line(&format!("request_id={id}\n")).await;
    assert!(line.contains(ACCESS), "{line}");
    line
}

async fn logging() -> Server {
    Server::start_with(observed::app::router(), |serve| serve.access_log(true)).await
}

#[tokio::test]
async fn security_61_one_line_tells_all_about_a_request() {
    let log = Log::of(Level::INFO);
    let server = logging().await;
    for (request, id, parts) in [
        (
            call("GET /posts/7?page=2"),
            "log-1",
            &[
                "method=GET ",
                "path=/posts/7 ",
                "query=page=2 ",
                "route=/posts/{id} ",
                "status=200 ",
                "bytes=7 ",
            ][..],
        ),
        (
            call("POST /posts/7").body("12345"),
            "log-2",
            &["method=POST ", "status=200 ", "bytes=10 "],
        ),
        (call("HEAD /posts/7"), "log-3", &["method=HEAD ", "status=200 ", "bytes=0 "]),
        (call("GET /stream"), "log-4", &["route=/stream ", "status=200 ", "bytes=11 "]),
        (call("GET /panicking"), "log-5", &["route=/panicking ", "status=500 "]),
        (call("OPTIONS /posts/7"), "log-6", &["status=204 ", "bytes=0 ", "route=/posts/{id} "]),
        (call("GET /proxied"), "log-7", &["route=/proxied ", "status=200 ", "bytes=7 "]),
    ] {
        server.send(request.header("x-request-id", id)).await;
        let line = line_of(&log, id).await;
        for part in parts.iter().chain(&[ACCESS, "client=127.0.0.1 ", "duration_ms="]) {
            assert!(line.contains(part), "{part} is not in {line}");
        }
        assert!(!line.contains("aborted"), "{line}");
    }
    // What went wrong has the same id.
    let failed = log.line("a handler panicked").await;
    assert!(failed.contains("request_id=log-5"), "{failed}");
    let answer = server.get("/nothing/here").await;
    let id = answer.header("x-request-id").expect("an id that a client can quote");
    let line = line_of(&log, id).await;
    assert!(line.contains("status=404 ") && !line.contains("route="), "{line}");
    assert_eq!(log.lines(ACCESS).len(), 8);
}

#[tokio::test]
async fn security_30_security_61_no_secret_and_no_second_line_gets_into_it() {
    let log = Log::of(Level::INFO);
    let server = logging().await;
    let request = call("GET /posts/7;jsessionid=s3cret-a?access_token=s3cret-b&Code=s3cret-c&next=%2Fcb%3Fkey%3Ds3cret-d&x=1")
        .header("Authorization", "Bearer s3cret-e")
        .header("Proxy-Authorization", "Basic s3cret-f")
        .header("Cookie", "session=s3cret-g")
        .header("X-Api-Key", "s3cret-h")
        .header("Referer", "https://example.com/?token=s3cret-i")
        .header("User-Agent", "s3cret-j")
        .header("x-request-id", "two\twords");
    server.send(request).await;
    server.send(call("GET /reset/s3cret-k")).await;
    server.send(call("POST /posts/7").body("password=s3cret-l")).await;
    // A line break cannot be sent in a path; bytes that a terminal may act on can, and so can escapes of both.
    server.send(call("GET /posts/\u{85}\u{2028}\u{202e}%0d%0aINFO%20bff::access:%1b[31m")).await;
    log.line("path=/posts/%C2%85%E2%80%A8%E2%80%AE%0d%0aINFO%20bff::access:%1b[31m").await;
    let text = log.text();
    let lines: Vec<&str> =
        text.lines().filter(|line| line.contains(" bff::access: client")).collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert_eq!(text.lines().count(), lines.len() + log.lines("a post is shown").len(), "{text}");
    assert!(!text.contains("s3cret"), "{text}");
    assert!(lines[0].contains("path=/posts/7;jsessionid=[redacted] "), "{}", lines[0]);
    assert!(lines[0].contains("x=1"), "{}", lines[0]);
    assert!(!text.contains('\t') && !text.contains('\u{1b}'), "{text}");
}

#[tokio::test]
async fn an_answer_that_the_client_does_not_wait_for_is_logged_as_such() {
    let log = Log::of(Level::INFO);
    let server = logging().await;
    let mut client = Connection::open(server.addr).await;
    let request = call("POST /stream").header("x-request-id", "log-aborted");
    client.send(request.bytes()).await;
    client.head().await.expect("a head");
    client.chunk().await.expect("a chunk");
    drop(client);
    let line = log.line("request_id=log-aborted").await;
    assert!(line.contains("status=200 ") && line.contains("aborted=true"), "{line}");

    let mut client = Connection::open(server.addr).await;
    client.send(call("GET /slow").header("x-request-id", "log-left").bytes()).await;
    within("the handler", observed::SLOW.begun.notified()).await;
    drop(client);
    let line = log.line("request_id=log-left").await;
    assert!(!line.contains("status=") && line.contains("aborted=true"), "{line}");
}

#[tokio::test]
async fn the_client_is_whom_the_trusted_proxies_vouch_for() {
    let log = Log::of(Level::INFO);
    let proxies: TrustedProxies = "127.0.0.1".parse().expect("an address");
    let router = observed::app::router().layer(proxies);
    let server = Server::start_with(router, |serve| serve.access_log(true)).await;
    let request = call("GET /posts/7").header("x-forwarded-for", "192.0.2.7");
    server.send(request.header("x-request-id", "log-client")).await;
    let line = log.line("request_id=log-client").await;
    assert!(line.contains("client=192.0.2.7 "), "{line}");
}

#[tokio::test]
async fn nothing_is_logged_unless_it_is_asked_for() {
    let log = Log::of(Level::INFO);
    let server = Server::start(catalog::app::router(Catalog::default())).await;
    server.get("/no/such/thing").await;
    let muted = Server::start_with(catalog::app::router(Catalog::default()), |serve| {
        serve.access_log(true)
    })
    .await;
    muted.get("/another/thing").await;
    let line = log.line(ACCESS).await;
    assert!(line.contains("/another/thing"), "{line}");
}
