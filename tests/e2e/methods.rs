//! Section 2 of the spec: which handler answers a method, and what is answered when none does.

use crate::{
    apps::{
        catalog::{self, Catalog},
        rows,
    },
    support::{Connection, Server, call},
};

const FIVE: &str = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

async fn server() -> Server {
    Server::start(rows::app::router()).await
}

#[tokio::test]
async fn rh_049_each_of_the_recognised_methods_reaches_its_handler() {
    let server = server().await;
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        server.send(call(&format!("{method} /methods/five"))).await.is(200, method);
    }
    let head = server.send("HEAD /methods/get-and-head").await;
    assert_eq!(head.header("x-from"), Some("head"));
    let options = server.send("OPTIONS /methods/own-options").await;
    assert_eq!(options.header("x-from"), Some("options"));
}

#[tokio::test]
async fn rh_050_one_function_under_several_methods_reads_which_one_it_is() {
    let server = server().await;
    for method in ["GET", "POST", "DELETE"] {
        let expected = format!("called with {method}");
        server.send(call(&format!("{method} /methods/shared"))).await.is(200, &expected);
    }
    for method in ["PUT", "PATCH"] {
        let expected = format!("wrote with {method}");
        server.send(call(&format!("{method} /methods/long-form"))).await.is(200, &expected);
    }
    let allow = [
        ("/methods/shared", "DELETE, GET, HEAD, OPTIONS, POST"),
        ("/methods/long-form", "GET, HEAD, OPTIONS, PATCH, PUT"),
    ];
    for (path, allow) in allow {
        let answer = server.send(call(&format!("OPTIONS {path}"))).await;
        assert_eq!(answer.lines("allow"), [allow], "{path}");
    }
}

#[tokio::test]
async fn rh_050_rh_391_a_handler_may_be_a_plain_function() {
    server().await.get("/methods/long-form").await.is(200, "read without async");
}

#[tokio::test]
async fn rh_051_arguments_may_be_omitted_or_be_the_request() {
    let server = server().await;
    server.get("/methods/five").await.is(200, "GET");
    server.send(call("PUT /methods/long-form").body("x")).await.is(200, "wrote with PUT");
    server.send(call("POST /methods/post-only").body("it")).await.is(201, "created it");
}

#[tokio::test]
async fn rh_052_pl_17_a_method_without_handler_is_405_with_the_exact_allow() {
    let server = server().await;
    for (path, methods, allow) in [
        ("/methods/get-only", &["POST", "PUT", "PATCH", "DELETE"][..], "GET, HEAD, OPTIONS"),
        ("/methods/post-only", &["GET", "HEAD", "PUT", "PATCH", "DELETE"], "OPTIONS, POST"),
        ("/methods/head-only", &["GET", "POST"], "HEAD, OPTIONS"),
        ("/methods/get-and-head", &["POST"], "GET, HEAD, OPTIONS"),
        ("/methods/own-options", &["POST"], "GET, HEAD, OPTIONS"),
        ("/methods/options-only", &["GET", "HEAD", "POST"], "OPTIONS"),
    ] {
        for method in methods {
            let answer = server.send(call(&format!("{method} {path}"))).await;
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.lines("allow"), [allow], "{method} {path}");
        }
    }
}

#[tokio::test]
async fn rh_052_a_405_is_a_problem_document_or_text_when_asked() {
    let server = server().await;
    let answer = server.send("POST /methods/get-only").await;
    assert_eq!(answer.problem(405)["title"], "Method Not Allowed");
    let answer = server.send(call("POST /methods/get-only").header("accept", "text/plain")).await;
    assert_eq!(answer.status, 405);
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(answer.text().trim_end(), "Method Not Allowed");
    assert_eq!(answer.lines("allow"), ["GET, HEAD, OPTIONS"]);
}

#[tokio::test]
async fn rh_052_a_405_does_not_wait_for_the_body_and_keeps_the_connection_in_order() {
    let server = server().await;
    let mut connection = Connection::open(server.addr).await;
    let unread =
        "POST /methods/get-only HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nunread";
    connection.send(&unread[..unread.len() - 1]).await;
    assert_eq!(connection.answer("POST").await.status, 405);
    connection.send("GET /methods/get-only HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    connection.answer("GET").await.is(200, "only GET");
}

#[tokio::test]
async fn rh_056_with_head_alone_get_is_405() {
    let server = server().await;
    server.get("/methods/head-only").await.problem(405);
    let answer = server.send("OPTIONS /methods/head-only").await;
    assert_eq!(answer.lines("allow"), ["HEAD, OPTIONS"]);
    let answer = server.send("HEAD /methods/head-only").await;
    assert_eq!((answer.status, answer.header("x-from")), (200, Some("head")));
}

#[tokio::test]
async fn rh_057_with_post_alone_head_is_405_without_a_body() {
    let answer = server().await.send("HEAD /methods/post-only").await;
    assert_eq!(answer.status, 405);
    assert_eq!(answer.lines("allow"), ["OPTIONS, POST"]);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
}

#[tokio::test]
async fn rh_058_automatic_options_is_204_with_the_sorted_allow_and_nothing_else() {
    let server = server().await;
    for (path, allow) in [
        ("/methods/get-only", "GET, HEAD, OPTIONS"),
        ("/methods/post-only", "OPTIONS, POST"),
        ("/methods/five", FIVE),
        ("/methods/get-and-head", "GET, HEAD, OPTIONS"),
        ("/methods/head-only", "HEAD, OPTIONS"),
        ("/methods/nothing", "OPTIONS"),
    ] {
        let answer = server.send(call(&format!("OPTIONS {path}"))).await;
        assert_eq!(answer.status, 204, "{path}");
        assert_eq!(answer.lines("allow"), [allow], "{path}");
        assert_eq!(answer.header("content-type"), None, "{path}");
        // RFC 9110 section 8.6: a 204 has no Content-Length.
        assert_eq!(answer.header("content-length"), None, "{path}");
    }
}

#[tokio::test]
async fn rh_058_a_route_whose_handlers_are_not_built_answers_405_and_options() {
    let server = server().await;
    let answer = server.get("/methods/nothing").await;
    answer.problem(405);
    assert_eq!(answer.lines("allow"), ["OPTIONS"]);
}

#[tokio::test]
async fn rh_059_automatic_options_says_nothing_about_origins() {
    let preflight = call("OPTIONS /methods/five")
        .header("origin", "https://example.com")
        .header("access-control-request-method", "PUT");
    let answer = server().await.send(preflight).await;
    assert_eq!((answer.status, answer.lines("allow")), (204, vec![FIVE]));
    let cors =
        answer.headers.iter().find(|(name, _)| name.to_lowercase().starts_with("access-control-"));
    assert_eq!(cors, None);
}

#[tokio::test]
async fn rh_060_rh_402_explicit_options_is_sent_untouched() {
    let server = server().await;
    let answer = server.send("OPTIONS /methods/own-options").await;
    answer.is(200, "my own options");
    assert_eq!(answer.lines("x-from"), ["options"]);
    assert_eq!(answer.lines("allow"), [""; 0]);
    let answer = server.send("OPTIONS /methods/options-only").await;
    answer.is(418, "");
    assert_eq!(answer.lines("allow"), [""; 0]);
}

#[tokio::test]
async fn rh_065_an_unknown_method_is_405_with_allow_and_the_connection_stays() {
    let server = server().await;
    let mut connection = Connection::open(server.addr).await;
    for method in ["PROPFIND", "QUERY", "FOO", "M-SEARCH", "get", "Get", "PRI", "X!#$%&'*+-.^_`|~9"]
    {
        connection
            .send(format!("{method} /methods/get-only HTTP/1.1\r\nHost: localhost\r\n\r\n"))
            .await;
        let answer = connection.answer(method).await;
        answer.problem(405);
        assert_eq!(answer.lines("allow"), ["GET, HEAD, OPTIONS"], "{method}");
    }
    connection.send("GET /methods/get-only HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    connection.answer("GET").await.is(200, "only GET");
}

#[tokio::test]
async fn rh_065_a_method_that_is_no_token_is_400_and_closes_the_connection() {
    let server = server().await;
    let mut connection = Connection::open(server.addr).await;
    connection.send("G(T /methods/get-only HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    let answer = connection.answer("G(T").await;
    assert_eq!(answer.status, 400);
    assert_eq!(connection.rest().await, b"");
    server.get("/methods/get-only").await.is(200, "only GET");
}

#[tokio::test]
async fn rh_065_further_methods_can_be_registered() {
    let server = Server::start(catalog::app::router(Catalog::default())).await;
    server.send(call("PROPFIND /dav").body("depth")).await.is(200, "PROPFIND depth");
    server.send(call("QUERY /dav").body("select")).await.is(200, "QUERY select");
    server.send("FROBNICATE /dav").await.is(200, "frobnicated");
    let allow = "FROBNICATE, GET, HEAD, OPTIONS, PROPFIND, QUERY";
    assert_eq!(server.send("OPTIONS /dav").await.lines("allow"), [allow]);
    let answer = server.send("propfind /dav").await;
    answer.problem(405);
    assert_eq!(answer.lines("allow"), [allow]);
}

#[tokio::test]
async fn rh_066_trace_is_405_and_reflects_nothing() {
    let server = server().await;
    for path in ["/methods/get-only", "/methods/five"] {
        let answer = server.send(call(&format!("TRACE {path}")).header("x-key", "secret")).await;
        answer.problem(405);
        assert!(answer.header("allow").is_some_and(|allow| !allow.contains("TRACE")));
        answer.tells_no_secret();
    }
}

#[tokio::test]
async fn rh_066_connect_opens_no_tunnel() {
    let server = server().await;
    let mut connection = Connection::open(server.addr).await;
    connection
        .send("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\nConnection: close\r\n\r\n")
        .await;
    let answer = connection.answer("CONNECT").await;
    answer.problem(405);
    server.get("/methods/get-only").await.is(200, "only GET");
}

#[tokio::test]
async fn rh_067_methods_come_from_attributes_and_not_from_the_names_of_functions() {
    let server = server().await;
    server.send("POST /methods/oddly-named").await.is(200, "POST by a function named get");
    for method in ["GET", "DELETE"] {
        let answer = server.send(call(&format!("{method} /methods/oddly-named"))).await;
        assert_eq!(
            (answer.status, answer.lines("allow")),
            (405, vec!["OPTIONS, POST"]),
            "{method}"
        );
    }
}

#[tokio::test]
async fn rh_068_rh_457_further_items_of_a_route_file_are_no_handlers() {
    let answer = server().await.send("OPTIONS /methods/oddly-named").await;
    assert_eq!(answer.lines("allow"), ["OPTIONS, POST"]);
}

#[tokio::test]
async fn rh_071_no_method_override_is_honoured() {
    let server = server().await;
    for name in ["x-http-method-override", "x-http-method", "x-method-override"] {
        server.send(call("POST /methods/no-override").header(name, "DELETE")).await.is(200, "POST");
        server.send(call("GET /methods/no-override").header(name, "DELETE")).await.is(200, "GET");
    }
    let form = call("POST /methods/no-override")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("_method=DELETE");
    server.send(form).await.is(200, "POST");
    server.send("POST /methods/no-override?_method=DELETE").await.is(200, "POST");
}

#[tokio::test]
async fn rh_063_rh_064_other_methods_before_a_get_leave_no_trace() {
    let server = server().await;
    for method in ["POST", "OPTIONS", "HEAD", "PROPFIND"] {
        server.send(call(&format!("{method} /methods/get-only"))).await;
        let answer = server.get("/methods/get-only").await;
        answer.is(200, "only GET");
    }
}
