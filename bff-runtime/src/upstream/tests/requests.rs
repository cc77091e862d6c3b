use http::StatusCode;

use super::harness::{EMPTY, Gateway, Origin, Recorded, request};
use crate::upstream::{Forward, forward};

/// Forwards one request in process and gives what the upstream was sent.
pub(super) async fn sent(
    line: &str,
    headers: &[(&str, &str)],
    body: &'static str,
    configure: impl for<'a> FnOnce(Forward<'a>) -> Forward<'a>,
) -> Recorded {
    let mut origin = Origin::answering(EMPTY).await;
    let upstream = origin.below("/v1");
    let response = configure(forward(request(line, headers, body), &upstream)).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    origin.request().await
}

#[tokio::test]
async fn rw_30_rw_33_method_path_query_headers_and_body_are_passed_on() {
    let request = sent(
        "POST /items/a%2Fb;c=1?x=%20a&y=b+c&z=%2F&empty=&flag",
        &[
            ("content-type", "text/plain"),
            ("cookie", "a=b"),
            ("authorization", "Bearer x"),
            ("x-two", "1"),
            ("x-two", "2"),
        ],
        "hello",
        |forward| forward,
    )
    .await;
    assert_eq!(request.line, "POST /v1/items/a%2Fb;c=1?x=%20a&y=b+c&z=%2F&empty=&flag HTTP/1.1");
    assert_eq!(request.text(), "hello");
    assert_eq!(request.lines("x-two"), ["1", "2"]);
    assert_eq!(request.lines("x-forwarded-host"), ["shop.example"]);
    assert_eq!(request.lines("x-forwarded-for"), ["192.0.2.1"]);
    assert_ne!(request.lines("host"), ["shop.example"]);
    // CVE-2025-30218: nothing else of the app's goes out.
    assert_eq!(
        request.names(),
        [
            "authorization",
            "content-length",
            "content-type",
            "cookie",
            "forwarded",
            "host",
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-two",
            "x-two",
        ]
    );
}

#[tokio::test]
async fn rh_390_an_app_says_what_is_passed_on() {
    let headers = [
        ("cookie", "a=b"),
        ("authorization", "x"),
        ("accept", "a/b"),
        ("content-type", "t/p"),
        ("x-a", "1"),
    ];
    let own = [
        "content-length",
        "forwarded",
        "host",
        "via",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
    ];
    type Configure = for<'a> fn(Forward<'a>) -> Forward<'a>;
    for (configure, left) in [
        ((|it| it.without_credentials()) as Configure, &["accept", "content-type", "x-a"][..]),
        (|it| it.only_headers(["accept"]), &["accept", "content-type"]),
        (
            |it| it.remove_header("x-a").remove_header("no name"),
            &["accept", "authorization", "content-type", "cookie"],
        ),
        (
            |it| it.header("authorization", "token").without_credentials(),
            &["accept", "authorization", "content-type", "x-a"],
        ),
        (
            |it| {
                it.only_headers(["x-a"])
                    .header("x-b", "1")
                    .remove_header("via")
                    .header("via", "1.1 me")
            },
            &["content-type", "x-a", "x-b"],
        ),
    ] {
        let request = sent("POST /", &headers, "x", configure).await;
        let names: Vec<_> =
            request.names().into_iter().filter(|name| !own.contains(name)).collect();
        assert_eq!(names, left);
    }
}

#[tokio::test]
async fn rh_396_paths_are_joined_below_the_declared_one() {
    type Configure = for<'a> fn(Forward<'a>) -> Forward<'a>;
    for (line, configure, expected) in [
        ("GET /", (|it| it) as Configure, "/v1/"),
        ("GET /api/x?q=1", |it| it.strip_prefix("/api"), "/v1/x?q=1"),
        ("GET /api", |it| it.strip_prefix("/api/"), "/v1"),
        ("GET /api/x?q=1", |it| it.path("/y"), "/v1/y?q=1"),
        (
            "GET /api/x?q=1",
            |it| it.path("/y").query("a b", "c&d").query("n", 1),
            "/v1/y?q=1&a%20b=c%26d&n=1",
        ),
        ("GET /api/x", |it| it.query("n", 1), "/v1/api/x?n=1"),
        ("GET http://evil.example/x", |it| it, "/v1/x"),
    ] {
        let request = sent(line, &[], "", configure).await;
        assert_eq!(request.line, format!("GET {expected} HTTP/1.1"));
    }
}

#[tokio::test]
async fn what_cannot_be_passed_on_is_refused_and_nothing_is_sent() {
    type Configure = for<'a> fn(Forward<'a>) -> Forward<'a>;
    let origin = Origin::answering(EMPTY).await;
    let upstream = origin.below("/v1");
    for (line, configure, status) in [
        ("GET /../x", (|it| it) as Configure, 400),
        ("GET /x/%2e%2e/%2e%2e/y", |it| it, 400),
        ("GET /x", |it| it.path("/a/../../b"), 400),
        ("GET /x", |it| it.path("/a?b"), 400),
        ("GET /apis/x", |it| it.strip_prefix("/api"), 404),
        ("GET /x", |it| it.header("x-a", "a\r\nx-b: c"), 500),
        ("GET /x", |it| it.header("no name", "a"), 500),
    ] {
        let error = configure(forward(request(line, &[], ""), &upstream)).await.unwrap_err();
        assert_eq!(error.status().as_u16(), status, "{line}");
    }
    let twice = request("GET /x", &[("host", "other.example")], "");
    assert_eq!(forward(twice, &upstream).await.unwrap_err().status(), 400);
    assert_eq!(origin.connections(), 0);
}

#[tokio::test]
async fn security_1_5_6_cve_2026_33805_a_client_removes_its_own_headers_and_none_of_ours() {
    let named =
        "close, X-Secret, Authorization, Cookie, X-Forwarded-For, X-Added, Via, Forwarded, Host";
    let request = sent(
        "GET /",
        &[
            ("connection", named),
            ("x-secret", "1"),
            ("authorization", "x"),
            ("cookie", "a=b"),
            ("keep-alive", "timeout=5"),
            ("proxy-authorization", "x"),
            ("te", "gzip"),
            ("x-kept", "1"),
            ("x-forwarded-for", "10.0.0.1"),
        ],
        "",
        |it| it.header("x-added", "1"),
    )
    .await;
    assert_eq!(
        request.names(),
        [
            "forwarded",
            "host",
            "via",
            "x-added",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-kept"
        ]
    );
    assert_eq!(request.lines("x-forwarded-for"), ["192.0.2.1"]);
}

#[tokio::test]
async fn rfc9113_8_2_3_cookies_become_one_line() {
    let headers = [("cookie", "a=1; b=2"), ("cookie", "c=3")];
    let request = sent("GET /", &headers, "", |it| it).await;
    assert_eq!(request.lines("cookie"), ["a=1; b=2; c=3"]);
}

#[tokio::test]
async fn rw_33_the_target_is_not_rewritten() {
    let target = "/a|b/%41%c3%a9/{x}\"?q={|}'";
    let request = sent(&format!("GET {target}"), &[], "", |it| it).await;
    assert_eq!(request.line, format!("GET /v1{target} HTTP/1.1"));
}

#[tokio::test]
async fn rw_39_a_request_that_comes_back_is_508() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let itself = crate::upstream::Upstream::at_start(format!("http://{address}")).unwrap();
    let app = axum::Router::new().fallback(move |request: axum::extract::Request| async move {
        forward(request, &itself).await
    });
    tokio::spawn(
        crate::serve(app).listener(listener).shutdown(std::future::pending()).into_future(),
    );
    let answer = Gateway { address }
        .exchange("GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .await;
    assert!(answer.starts_with("HTTP/1.1 508"), "{answer}");
}
