//! Section 3 of the spec: what a handler may return, and what becomes of errors.

use crate::{
    apps::{
        catalog::{self, Catalog},
        rows,
    },
    support::{Connection, HEADERS_OF_DATA, Server, call},
};

async fn server() -> Server {
    Server::start(rows::app::router()).await
}

#[tokio::test]
async fn rh_072_a_response_is_sent_as_it_is() {
    let answer = server().await.get("/results/response").await;
    answer.is(202, "a,b\n");
    assert_eq!(answer.lines("set-cookie"), ["a=1; Path=/", "b=2; Path=/"]);
    assert_eq!(answer.lines("content-type"), ["text/csv"]);
    assert_eq!(answer.lines("x-powered-by"), ["me"]);
    assert_eq!(answer.lines("content-length"), ["4"]);
}

#[tokio::test]
async fn rh_001_rh_002_security_15_nothing_is_added_to_a_response_that_nobody_asked_for() {
    let answer = server().await.get("/results/text").await;
    assert_eq!(answer.header_names(), HEADERS_OF_DATA);
}

#[tokio::test]
async fn rh_073_rh_391_what_converts_to_a_response_can_be_returned() {
    let server = server().await;
    for (path, status, content_type, body) in [
        ("/results/text", 200, Some("text/plain; charset=utf-8"), "grüße".as_bytes()),
        ("/results/bytes", 200, Some("application/octet-stream"), &[0, 159, 146, 150]),
        ("/results/status", 418, None, b""),
        ("/results/nothing", 200, None, b""),
        ("/results/json", 200, Some("application/json"), r#"{"id":1,"title":"grüße"}"#.as_bytes()),
        ("/results/tuple", 201, Some("application/json"), b"[1,2,3]"),
        ("/results/result", 200, Some("text/plain; charset=utf-8"), b"fine"),
    ] {
        let answer = server.get(path).await;
        assert_eq!(
            (answer.status, answer.header("content-type"), &*answer.body),
            (status, content_type, body),
            "{path}"
        );
        assert_eq!(answer.header("content-length"), Some(&*body.len().to_string()), "{path}");
    }
    assert_eq!(server.get("/results/tuple").await.lines("location"), ["/results/json"]);
}

#[tokio::test]
async fn rh_074_an_error_of_a_handler_is_500_and_the_client_learns_nothing() {
    let server = server().await;
    for line in [
        "GET /results/question-mark",
        "POST /results/question-mark",
        "GET /results/message",
        "POST /results/message",
    ] {
        let answer = server.send(line).await;
        answer.opaque();
        assert_eq!(answer.header("cache-control"), None, "{line}");
    }
}

#[tokio::test]
async fn rh_074_an_extension_that_is_missing_is_500_and_names_no_type() {
    let server = Server::start(catalog::app::router(Catalog::default())).await;
    server.get("/axum/missing").await.opaque();
}

#[tokio::test]
async fn rh_074_a_500_is_text_when_asked() {
    let server = server().await;
    for path in [
        "/results/question-mark",
        "/results/message",
        "/results/panics/text",
        "/results/panics/late",
    ] {
        let answer = server.send(call(&format!("GET {path}")).header("accept", "text/plain")).await;
        let id = answer.header("x-request-id").expect("an id");
        answer.is(500, &format!("Internal Server Error\nrequest id: {id}\n"));
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"), "{path}");
    }
}

#[tokio::test]
async fn rh_074_an_error_ends_no_connection() {
    let server = server().await;
    let mut connection = Connection::open(server.addr).await;
    for path in [
        "/results/question-mark",
        "/results/panics/text",
        "/results/panics/late",
        "/results/message",
    ] {
        connection.send(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
        connection.answer("GET").await.opaque();
        connection.send("GET /results/text HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
        connection.answer("GET").await.is(200, "grüße");
    }
}

#[tokio::test]
async fn rh_075_a_response_as_the_error_is_sent() {
    let server = server().await;
    let answer = server.get("/results/thrown-response").await;
    answer.is(402, "pay first");
    assert_eq!(answer.lines("x-price"), ["3"]);
    server.send("POST /results/result").await.is(409, "a conflict of my own");
}

#[tokio::test]
async fn rh_075_a_panic_is_500_without_detail_whatever_it_carries() {
    let server = server().await;
    for how in ["text", "formatted", "value", "late", "arithmetic"] {
        server.get(&format!("/results/panics/{how}")).await.opaque();
    }
    server.send("POST /results/panics/in-an-extractor").await.opaque();
    server.get("/results/panics/not").await.is(200, "no panic");
}

#[tokio::test]
async fn rh_075_a_panic_behind_axums_router_and_in_a_factory_is_500_too() {
    let server = Server::start(catalog::app::router(Catalog::default())).await;
    for _ in 0..2 {
        server.get("/axum/panic").await.opaque();
        server.get("/axum/known").await.is(200, "known");
        server.send("PUT /factory").await.opaque();
        server.send("PUT /factory/").await.is(200, "with a slash");
    }
}

#[tokio::test]
async fn rh_075_a_panic_does_not_disturb_requests_at_the_same_time() {
    let server = server().await;
    let calls: Vec<_> = (0..20)
        .map(|index| if index % 2 == 0 { "/results/panics/late" } else { "/results/text" })
        .map(|path| {
            (
                path,
                tokio::spawn(crate::support::raw(
                    server.addr,
                    call(&format!("GET {path}")).bytes(),
                )),
            )
        })
        .collect();
    for (path, answer) in calls {
        let answer = answer.await.expect("the client is well");
        assert_eq!(answer.status, if path == "/results/text" { 200 } else { 500 });
    }
}

#[tokio::test]
async fn rh_078_a_body_that_fails_after_its_first_chunk_cuts_the_connection() {
    let server = server().await;
    for (path, framing) in [
        ("/results/broken/chunked", "transfer-encoding"),
        ("/results/broken/sized", "content-length"),
        ("/results/broken/panicking", "transfer-encoding"),
        ("/results/broken/silent", "content-length"),
    ] {
        // The connection would be kept, so its end is the cut.
        let mut connection = Connection::open(server.addr).await;
        connection.send(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
        let answer = connection.answer("GET").await;
        assert_eq!(
            (answer.status, answer.text(), answer.broken),
            (200, "firstsecond", true),
            "{path}"
        );
        assert!(answer.header(framing).is_some(), "{path}");
        answer.tells_no_secret();
        server.get("/results/text").await.is(200, "grüße");
    }
}

#[tokio::test]
async fn rh_078_a_body_that_fails_at_once_gives_no_complete_answer() {
    let server = server().await;
    let mut connection = Connection::open(server.addr).await;
    connection.send("GET /results/broken/at-once HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    if let Ok(answer) = connection.try_answer("GET").await {
        assert!(answer.broken, "{answer:?}");
        answer.tells_no_secret();
    }
    server.get("/results/text").await.is(200, "grüße");
}

#[tokio::test]
async fn rh_079_a_header_that_cannot_be_sent_is_500_and_injects_nothing() {
    let server = server().await;
    for path in ["/results/invalid/header-newline", "/results/invalid/header-control"] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 500, "{path}");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
        answer.tells_no_secret();
    }
}

#[tokio::test]
async fn rh_079_a_header_beyond_ascii_can_be_sent() {
    // Unlike in JavaScript it is no invalid response: such octets are opaque data (RFC 9110 section 5.5).
    let answer = server().await.get("/results/header-text").await;
    answer.is(200, "text");
    assert_eq!(answer.lines("x-greeting"), ["grüße, 日本"]);
}

#[tokio::test]
async fn rh_079_json_that_cannot_be_written_is_500() {
    server().await.get("/results/invalid/json").await.opaque();
}

#[tokio::test]
async fn rh_079_rh_194_a_body_where_none_may_be_is_500_and_never_reaches_the_wire() {
    let server = server().await;
    for path in ["/results/invalid/no-content", "/results/invalid/not-modified"] {
        let mut connection = Connection::open(server.addr).await;
        connection.send(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
        connection.answer("GET").await.opaque();
        connection.send("GET /results/text HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
        connection.answer("GET").await.is(200, "grüße");
    }
}

#[tokio::test]
async fn rh_079_a_status_that_no_handler_may_send_is_500() {
    let server = server().await;
    // The first is no status at all; the others are none for a final response (RFC 9110 section 15).
    for code in [99, 100, 101, 102, 103, 150, 199, 600, 999] {
        let answer = server.get(&format!("/results/invalid/status/{code}")).await;
        assert_eq!(answer.status, 500, "{code}");
    }
    for code in [200, 299, 399, 499, 599] {
        server.get(&format!("/results/invalid/status/{code}")).await.is(code, "text");
    }
}

#[tokio::test]
async fn rh_079_a_redirect_with_a_line_break_injects_nothing() {
    let answer = server().await.get("/results/invalid/redirect").await;
    assert_eq!(answer.status, 307);
    assert_eq!(answer.lines("location"), ["/next%0D%0Aset-cookie:%20stolen=1"]);
    assert_eq!(answer.header("set-cookie"), None);
}

#[tokio::test]
async fn rh_083_an_error_response_that_a_handler_builds_is_left_alone() {
    let server = server().await;
    for accept in ["*/*", "text/plain", "application/problem+json"] {
        let answer = server.send(call("GET /results/own-errors").header("accept", accept)).await;
        answer.is(422, r#"{"errors":[]}"#);
        assert_eq!(answer.lines("content-type"), ["application/vnd.api+json"]);
        let answer = server.send(call("POST /results/own-errors").header("accept", accept)).await;
        answer.is(500, "<h1>sorry</h1>");
        assert_eq!(answer.lines("content-type"), ["text/html"]);
    }
}

#[tokio::test]
async fn rh_083_problems_that_a_handler_returns_are_sent_with_all_their_members() {
    let server = server().await;
    let problem = server.get("/results/problem").await.problem(404);
    assert_eq!(
        (&problem["title"], &problem["detail"]),
        (&"Not Found".into(), &"no such post".into())
    );
    assert_eq!(problem["type"], "about:blank");

    let problem = server.send("POST /results/problem").await.problem(409);
    let expected = serde_json::json!({
        "type": "https://example.com/problems/stale",
        "title": "Stale",
        "status": 409,
        "detail": "the post was changed in the meantime",
        "instance": "/results/problem#1",
        "version": 7,
    });
    assert_eq!(problem, expected);

    assert_eq!(server.send("PUT /results/problem").await.problem(403)["title"], "Forbidden");
    server.send("PUT /results/interrupts").await.problem(404);
}

#[tokio::test]
async fn rh_084_a_problem_is_text_for_whom_prefers_text() {
    let server = server().await;
    let not_text = [
        "*/*",
        "application/json",
        "application/problem+json",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "text/plain;q=0.5, application/json",
        "text/plain;q=0, */*",
    ];
    for accept in not_text {
        server.send(call("GET /nowhere").header("accept", accept)).await.problem(404);
    }
    for accept in [
        "text/plain",
        "TEXT/Plain",
        "text/*",
        "text/plain, */*;q=0.1",
        "text/plain;q=0.9, application/json;q=0.1",
    ] {
        let answer = server.send(call("GET /nowhere").header("accept", accept)).await;
        assert_eq!((answer.status, answer.text().trim_end()), (404, "Not Found"), "{accept}");
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"), "{accept}");
    }
    let two_lines = call("GET /nowhere")
        .header("accept", "application/json;q=0.1")
        .header("accept", "text/plain");
    assert_eq!(server.send(two_lines).await.text().trim_end(), "Not Found");
    let answer = server.send(call("GET /results/problem").header("accept", "text/plain")).await;
    assert_eq!((answer.status, answer.text().trim_end()), (404, "Not Found: no such post"));
}

#[tokio::test]
async fn rh_084_an_unmatched_url_is_a_404_problem_for_every_method() {
    let server = server().await;
    for method in
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"]
    {
        for path in ["/nowhere", "/api/nowhere", "/methods", "/methods/get-only/below"] {
            let answer = server.send(call(&format!("{method} {path}"))).await;
            assert_eq!(answer.status, 404, "{method} {path}");
            assert_eq!(
                answer.header("content-type"),
                Some("application/problem+json"),
                "{method} {path}"
            );
            assert_eq!(answer.header("allow"), None, "{method} {path}");
            if method != "HEAD" {
                assert_eq!(answer.problem(404)["title"], "Not Found");
            }
        }
    }
}

#[tokio::test]
async fn rh_207_redirects_leave_a_handler_as_errors() {
    let server = server().await;
    for (line, status, location) in [
        ("GET /results/interrupts", 307, "/login?from=here"),
        ("POST /results/interrupts", 303, "/done"),
    ] {
        let answer = server.send(line).await;
        assert_eq!((answer.status, answer.lines("location")), (status, vec![location]), "{line}");
        assert_eq!(answer.body, b"");
    }
}
