//! A proxy that sends requests to a declared upstream: PX-75 to PX-77, RW-30 to RW-39, and Annex 5.4.

use std::sync::{Arc, OnceLock};

use bff::{
    axum::{
        Json, Router,
        body::Body,
        extract::Request,
        http::header,
        response::{AppendHeaders, IntoResponse, Redirect},
        routing,
    },
    upstream::Upstream,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    apps::{
        around::{self, Around},
        fronting::{self, Fronting},
    },
    support::{Answer, Call, Chunks, Connection, Server, call, within},
};

/// The app, and the old server behind it.
struct Both {
    app: Server,
    _old: Server,
}

impl Both {
    async fn start() -> Self {
        let old = Router::new()
            .route(
                "/v1/moved",
                routing::get(|| async { Redirect::to("http://elsewhere.example/") }),
            )
            .route("/v1/stream", routing::get(|| async { Chunks::new(["one", "two"]).into_body() }))
            .nest_service("/v1/chat", around::app::router(Around::default()))
            .route("/v1/back", routing::post(|body: Body| async { body }))
            .fallback(seen);
        let old = Server::start(old).await;
        let gone = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr();
        let at = |address: String| Upstream::at_start(address).expect("a URL");
        let app = Fronting {
            old: at(format!("http://{}/v1", old.addr)),
            gone: at(format!("http://{}", gone.expect("an address"))),
            itself: Arc::new(OnceLock::new()),
        };
        let itself = Arc::clone(&app.itself);
        let app = Server::start(fronting::app::router(app)).await;
        itself.set(at(format!("http://{}", app.addr))).expect("it is set once");
        Self { app, _old: old }
    }

    async fn send(&self, call: impl Into<Call>) -> Answer {
        self.app.send(call).await
    }
}

/// What the old server was sent.
async fn seen(request: Request) -> impl IntoResponse {
    let (parts, body) = request.into_parts();
    let body = bff::axum::body::to_bytes(body, 1024).await.expect("a short body");
    let headers: serde_json::Map<String, Value> = parts
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap_or("?"))))
        .collect();
    let text = json!({
        "method": parts.method.as_str(),
        "uri": parts.uri.to_string(),
        "body": String::from_utf8_lossy(&body),
        "headers": headers,
    });
    let cookies = AppendHeaders([(header::SET_COOKIE, "a=1"), (header::SET_COOKIE, "b=2")]);
    ([("x-up", "upstream")], cookies, Json(text))
}

/// The names of what the old server was sent, without those that forwarding sets itself.
fn names(answer: &Answer) -> Vec<String> {
    let own =
        ["host", "via", "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];
    let seen = answer.json();
    let headers = seen["headers"].as_object().expect("headers").keys();
    headers.filter(|name| !own.contains(&&***name)).cloned().collect()
}

#[tokio::test]
async fn px_75_rw_30_rw_33_what_the_app_does_not_serve_the_old_server_does() {
    let both = Both::start().await;
    both.send("GET /own").await.is(200, "own");
    let sent = call("PATCH /old/a%20b?x=%20a&y=b+c&z=%2F").header("x-a", "1").body("hello");
    let answer = both.send(sent).await;
    let seen = answer.json();
    assert_eq!(
        (&seen["method"], &seen["uri"], &seen["body"], &seen["headers"]["x-a"]),
        (&json!("PATCH"), &json!("/v1/old/a%20b?x=%20a&y=b+c&z=%2F"), &json!("hello"), &json!("1"))
    );
    assert_eq!(answer.header("x-middleware-rewrite"), None, "PX-74");
    let head = both.send("HEAD /old").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert!(head.header("content-length").is_some());
}

#[tokio::test]
async fn px_76_px_49_rw_32_headers_of_the_request_go_there_and_those_of_the_response_back() {
    let both = Both::start().await;
    let sent = call("GET /x?do=only").header("cookie", "s=1").header("authorization", "Basic x");
    let answer = both.send(sent).await;
    assert_eq!(names(&answer), ["x-only"]);
    assert_eq!((answer.header("x-res"), answer.header("x-up")), (Some("proxy"), Some("upstream")));
    assert_eq!(answer.lines("set-cookie"), ["a=1", "b=2", "by=proxy; Path=/"]);

    let sent = call("GET /x?do=edit").header("x-remove-me", "1").header("x-stays", "1");
    let answer = both.send(sent).await;
    assert_eq!(names(&answer), ["x-from-proxy", "x-stays"]);
    assert_eq!(answer.header("x-up"), Some("proxy"));
    assert_eq!(answer.lines("set-cookie"), ["a=1", "b=2", "raw=1"]);
}

#[tokio::test]
async fn rw_30_rh_390_a_proxy_says_which_headers_and_which_path() {
    let both = Both::start().await;
    let sent = |path: &str| {
        call(&format!("GET {path}"))
            .header("x-a", "1")
            .header("cookie", "s=1")
            .header("authorization", "Basic x")
    };
    assert_eq!(names(&both.send(sent("/x?do=credentials")).await), ["x-a"]);
    assert_eq!(names(&both.send(sent("/x?do=some")).await), ["x-a"]);
    assert_eq!(names(&both.send(sent("/x")).await), ["authorization", "cookie", "x-a"]);
    for (path, uri) in [
        ("/shop/items?do=strip", "/v1/items?do=strip&tenant=a%26b"),
        ("/shop?do=strip", "/v1?do=strip&tenant=a%26b"),
        ("/x?do=path&to=a%2Fb%3Fc", "/v1/items/a%2Fb%3Fc?do=path&to=a%2Fb%3Fc"),
    ] {
        assert_eq!(both.send(sent(path)).await.json()["uri"], uri, "{path}");
    }
    both.send("GET /elsewhere?do=strip").await.problem(404);
}

#[tokio::test]
async fn rw_31_redirects_of_the_upstream_are_relayed_and_not_followed() {
    let answer = Both::start().await.send("GET /moved").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some("http://elsewhere.example/"))
    );
}

#[tokio::test]
async fn px_27_rw_30_both_bodies_are_streamed() {
    let both = Both::start().await;
    let mut connection = Connection::open(both.app.addr).await;
    connection.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    connection.head().await.expect("the answer begins");
    assert_eq!(connection.chunk().await.as_deref(), Some(&b"one"[..]));
    assert_eq!(connection.chunk().await.as_deref(), Some(&b"two"[..]));

    // The first half is back before the second is sent.
    let mut connection = Connection::open(both.app.addr).await;
    connection
        .send("POST /back HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
        .await;
    let (status, _) = connection.head().await.expect("the answer begins");
    assert_eq!((status, connection.chunk().await.as_deref()), (200, Some(&b"half"[..])));
    connection.send("4\r\nrest\r\n0\r\n\r\n").await;
    assert_eq!(connection.chunk().await.as_deref(), Some(&b"rest"[..]));
    assert_eq!(connection.chunk().await.as_deref(), Some(&b""[..]));

    let large = "0123456789abcdef".repeat(11 * 64 * 1024);
    let answer = both.send(call("POST /back").body(&large)).await;
    assert!(answer.status == 200 && answer.body == large.as_bytes(), "{}", answer.body.len());
}

#[tokio::test]
async fn px_77_rw_34_rw_39_a_failure_of_the_upstream_says_nothing_of_it() {
    let both = Both::start().await;
    let answer = both.send("GET /x?do=gone").await;
    let problem = answer.problem(502);
    assert_eq!((problem.get("detail"), answer.header("x-res")), (None, Some("proxy")));
    assert!(!answer.text().contains("127.0.0.1"), "{answer:?}");
    both.send("GET /x?do=self").await.problem(508);
}

/// The path of the old server is climbed by no spelling that a filter of prefixes lets pass.
#[tokio::test]
async fn http_proxy_middleware_encoded_dots_salvo_1311_1434_no_path_is_read_twice() {
    let both = Both::start().await;
    for path in [
        "/%2e%2e/admin",
        "/a/%2e%2e/%2e%2e/admin",
        "/a/.%2e/.%2E/admin",
        "/a/%2E%2e%2fadmin",
        "/a/%2e%2e;/admin",
        "/a/%252e%252e/admin",
        "/a%00/admin",
    ] {
        let answer = both.send(call(&format!("GET {path}"))).await;
        match answer.status {
            200 => {
                let seen = answer.json()["uri"].as_str().unwrap_or_default().to_owned();
                assert_eq!(seen, format!("/v1{path}"), "{path}");
                assert!(!seen.to_lowercase().contains("%2e%2e"), "{path}: {seen}");
            }
            status => assert!([308, 400].contains(&status), "{path}: {answer:?}"),
        }
    }
}

#[tokio::test]
async fn cve_2025_30218_px_49_nothing_of_the_app_is_told_to_the_upstream() {
    let both = Both::start().await;
    for (wish, sent) in [("", &[][..]), ("credentials", &[]), ("only", &["x-only"]), ("strip", &[])]
    {
        let answer = both.send(call(&format!("GET /shop/x?do={wish}"))).await;
        assert_eq!(names(&answer), sent, "{wish}");
    }
}

#[tokio::test]
async fn rw_36_px_75_px_93_a_websocket_passes_through_the_proxy() {
    let both = Both::start().await;
    for target in ["/chat/ws/one".to_owned(), format!("http://{}/chat/ws/one", both.app.addr)] {
        let mut connection = Connection::open(both.app.addr).await;
        connection
            .send(format!(
                "GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                 Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            ))
            .await;
        let (status, headers) = connection.head().await.expect("an answer");
        assert_eq!(status, 101, "{headers:?}");
        let accept =
            headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("sec-websocket-accept"));
        assert_eq!(accept.map(|(_, it)| &**it), Some("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        // A text frame of the server, without a mask; and one of the client, masked with zeros.
        assert_eq!(connection.frame().await, "room one, None");
        connection.send(*b"\x81\x85\0\0\0\0hello").await;
        assert_eq!(connection.frame().await, "hello");
    }
}

/// A listener that nobody may connect to, and its address.
async fn canary() -> (TcpListener, String) {
    let canary = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = canary.local_addr().expect("an address").to_string();
    (canary, address)
}

async fn nobody_came(canary: &TcpListener) {
    let accepted = tokio::time::timeout(std::time::Duration::ZERO, canary.accept()).await;
    assert!(accepted.is_err(), "somebody has connected");
}

#[tokio::test]
async fn cve_2025_57822_cve_2024_34351_px_93_a_text_of_the_client_is_no_destination() {
    let both = Both::start().await;
    let (canary, to) = canary().await;
    for target in [
        format!("http://{to}/"),
        format!("//{to}/"),
        format!("/\\{to}/"),
        format!("http:{to}"),
        format!("@{to}/"),
        to.clone(),
    ] {
        let target: String = target.bytes().map(|byte| format!("%{byte:02X}")).collect();
        both.send(call(&format!("GET /x?do=user&to={target}"))).await.opaque();
    }
    nobody_came(&canary).await;
}

#[tokio::test]
async fn cve_2026_44578_cve_2026_64645_cve_2026_64649_no_part_of_a_request_is_a_host() {
    let both = Both::start().await;
    let (canary, to) = canary().await;
    let port = to.rsplit(':').next().expect("a port");
    for (target, lines) in [
        (format!("http://{to}/x"), format!("Host: {to}")),
        (
            format!("http://{to}/x"),
            format!(
                "Host: {to}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
            ),
        ),
        ("/x".to_owned(), format!("Host: {to}")),
        ("/x".to_owned(), format!("Host: a\r\nX-Forwarded-Host: {to}\r\nForwarded: host={to}")),
        (
            "/x".to_owned(),
            format!("Host: a\r\nLocation: http://{to}/\r\nX-Middleware-Rewrite: http://{to}/"),
        ),
        (format!("/@{to}/"), "Host: a".to_owned()),
        (format!("/x?do=path&to=@{to}"), "Host: a".to_owned()),
        (format!("/x?do=path&to=%40{to}%2F"), "Host: a".to_owned()),
        (format!("/:{port}/"), "Host: a".to_owned()),
        (format!("/.{to}/"), "Host: a".to_owned()),
    ] {
        let request = format!("GET {target} HTTP/1.1\r\n{lines}\r\nConnection: close\r\n\r\n");
        let mut connection = Connection::open(both.app.addr).await;
        connection.send(request).await;
        let answer = connection.try_answer("GET").await.expect("an answer");
        // Whatever it is, the old server has given it, or nobody.
        if answer.status == 200 {
            let seen = answer.json()["uri"].as_str().unwrap_or_default().to_owned();
            assert!(seen.starts_with("/v1"), "{target}: {seen}");
        }
    }
    nobody_came(&canary).await;
}

#[tokio::test]
async fn security_1_5_9_1_5_12_a_path_does_not_climb_out_of_the_upstreams_own() {
    let both = Both::start().await;
    for to in
        ["/../admin", "/%2e%2e/admin", "/a/..%2f..%2fadmin", "/..;/admin", "/a%5c..%5c..%5cadmin"]
    {
        let to: String = to.bytes().map(|byte| format!("%{byte:02X}")).collect();
        both.send(call(&format!("GET /x?do=climb&to={to}"))).await.problem(400);
    }
    for path in ["/%252e%252e/admin", "/a/%2e%2e%2fadmin", "/..%2fadmin"] {
        let answer = both.send(call(&format!("GET {path}"))).await;
        assert!([308, 400].contains(&answer.status), "{path}: {answer:?}");
    }
}

#[tokio::test]
async fn security_1_5_18_cve_2025_68470_cve_2026_53669_a_target_of_the_client_stays_on_this_site() {
    let both = Both::start().await;
    for to in [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://localhost@evil.example",
        "http://evil.example\\@localhost",
        "/\t/evil.example",
        "/\r\nLocation: //evil.example",
        "///evil.example",
        "https://evil.example/",
    ] {
        let to: String = to.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let answer = both.send(call(&format!("GET /x?do=redirect&to={to}"))).await;
        let location = answer.header("location").unwrap_or("/");
        assert!(
            location.starts_with('/')
                && !location.starts_with("//")
                && !location.starts_with("/\\"),
            "{to}: {location}"
        );
    }
}

#[tokio::test]
async fn cve_2026_29057_cve_2024_34350_cve_2026_33805_one_request_in_is_one_request_out() {
    let both = Both::start().await;
    let inner = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    for method in ["GET", "POST", "DELETE", "OPTIONS", "PUT"] {
        let mut connection = Connection::open(both.app.addr).await;
        connection
            .send(format!("{method} /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{inner}\r\n0\r\n\r\n", inner.len()))
            .await;
        let answer = connection.answer(method).await;
        let seen = answer.json();
        assert_eq!((&seen["method"], &seen["body"]), (&json!(method), &json!(inner)), "{method}");
    }
    // The client lists what the proxy sets; it loses its own lines only (CVE-2026-33805).
    let sent = call("GET /x?do=edit")
        .header("connection", "x-from-proxy, x-secret")
        .header("x-secret", "1");
    let answer = within("an answer", both.send(sent)).await;
    assert_eq!(names(&answer), ["x-from-proxy"]);
}
