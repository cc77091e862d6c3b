//! Section 27 of the spec: files below `pages/api`, one function for all methods.

use bff::axum::Router;
use serde_json::json;

use crate::{
    apps::{only_pages, pages::app},
    support::{Connection, Server, call},
};

const FORM: &str = "application/x-www-form-urlencoded";

async fn server() -> Server {
    Server::start(app::router()).await
}

#[tokio::test]
async fn rh_470_one_function_is_called_for_every_method() {
    let server = server().await;
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "ODD"] {
        let answer = server.send(call(&format!("{method} /api/echo"))).await;
        assert_eq!((answer.status, &answer.json()["method"]), (200, &json!(method)));
        assert_eq!(answer.lines("allow"), [""; 0], "{method}");
    }
    server.send("DELETE /api/factory").await.is(200, "made for DELETE");
}

#[tokio::test]
async fn rh_470_trace_and_connect_never_reach_the_function() {
    let server = server().await;
    for line in ["TRACE /api/echo", "TRACE /api/factory", "CONNECT /api/echo"] {
        let answer = server.send(line).await;
        assert_eq!(answer.header("x-method"), None, "{line}");
        answer.problem(405);
    }
    let answer = server.send("TRACE /api/echo").await;
    assert_eq!(answer.header("allow"), Some("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"));
}

#[tokio::test]
async fn rh_470_a_file_serves_its_name_and_index_its_folder() {
    let server = server().await;
    for path in ["/api", "/api/"] {
        server.get(path).await.is(200, "the index");
    }
    for path in ["/api/index", "/api/echo.rs", "/api/_words", "/pages/api/echo", "/api/nothing"] {
        server.get(path).await.problem(404);
    }
    Server::start(only_pages::app::router()).await.get("/api/hello").await.is(200, "hello");
}

#[tokio::test]
async fn rh_471_a_literal_wins_over_a_param_in_either_convention() {
    let server = server().await;
    server.get("/api/posts/latest").await.is(200, "the latest");
    server.get("/api/posts/all").await.is(200, "the app folder");
    assert_eq!(server.get("/api/posts/7").await.json()["pid"], 7);
    server.get("/api/posts/x").await.problem(400);
    // The app folder keeps its own rules.
    server.send("POST /api/posts/all").await.problem(405);
}

#[tokio::test]
async fn rh_471_a_catch_all_does_not_serve_its_bare_folder_and_an_optional_one_does() {
    let server = server().await;
    server.get("/api/post").await.problem(404);
    assert_eq!(server.get("/api/post/a").await.json(), json!({ "slug": ["a"] }));
    for (path, expected) in [
        ("/api/shop", json!({ "filters": null, "query": {} })),
        ("/api/shop/a/b", json!({ "filters": ["a", "b"], "query": { "filters": ["a", "b"] } })),
    ] {
        assert_eq!(server.get(path).await.json(), expected, "{path}");
    }
}

#[tokio::test]
async fn rh_472_query_and_params_are_one_and_params_win() {
    let query = [
        ("/api/post/a/b?slug=z", json!({ "slug": ["a", "b"] })),
        (
            "/api/post/a%2Fb/%C3%BC?x=1&x=2&y=%20",
            json!({ "slug": ["a/b", "ü"], "x": ["1", "2"], "y": " " }),
        ),
    ];
    // Alone, nested, and on axum's own matcher.
    for (prefix, router) in [
        ("", app::router()),
        ("/deep/base", Router::new().nest_service("/deep/base", app::router())),
        ("", app::routes()),
        ("/base", Router::new().nest("/base", app::routes())),
    ] {
        let server = Server::start(router).await;
        for (path, expected) in &query {
            let answer = server.get(&format!("{prefix}{path}")).await;
            assert_eq!(answer.json(), *expected, "{prefix}{path}");
        }
        let answer = server.get(&format!("{prefix}/api/posts/7?pid=8&a=b")).await;
        assert_eq!(answer.json(), json!({ "pid": 7, "query": { "pid": "7", "a": "b" } }));
    }
}

#[tokio::test]
async fn rh_473_there_are_no_cors_headers_unless_they_are_sent() {
    let call = call("OPTIONS /api/echo")
        .header("origin", "https://example.com")
        .header("access-control-request-method", "POST");
    let answer = server().await.send(call).await;
    assert_eq!(answer.status, 200);
    assert!(!format!("{:?}", answer.headers).contains("access-control"), "{answer:?}");
}

#[tokio::test]
async fn rh_477_rh_478_the_body_is_parsed_by_its_content_type() {
    let server = server().await;
    for (content_type, body, expected) in [
        ("application/json", "{\"a\":[1]}", json!({ "a": [1] })),
        ("application/ld+json; charset=utf-8", "[]", json!([])),
        ("application/json", "", json!({})),
        (FORM, "a=1&a=2&b=+", json!({ "a": ["1", "2"], "b": " " })),
        ("text/plain", "{}", json!("{}")),
        ("", "a=1", json!("a=1")),
        ("", "", json!("")),
    ] {
        let mut call = call("POST /api/echo").body(body);
        if !content_type.is_empty() {
            call = call.header("content-type", content_type);
        }
        assert_eq!(server.send(call).await.json()["body"], expected, "{content_type} {body}");
    }
    assert_eq!(server.get("/api/echo").await.json()["body"], "");
}

#[tokio::test]
async fn rh_479_a_broken_body_is_400() {
    let server = server().await;
    for (content_type, body, detail) in [
        ("application/json", "{\"a\":", "Invalid JSON"),
        ("text/plain; charset=utf-16", "x", "Invalid body"),
    ] {
        let post = call("POST /api/echo").header("content-type", content_type).body(body);
        assert_eq!(server.send(post.clone()).await.problem(400)["detail"], detail);
        let as_text = server.send(post.header("accept", "text/plain")).await;
        as_text.is(400, &format!("Bad Request: {detail}\n"));
    }
}

#[tokio::test]
async fn rh_480_a_body_over_the_limit_is_413() {
    let server = server().await;
    let long = "x".repeat(1024 * 1024);
    let answer = server.send(call("POST /api/echo").body(&long)).await;
    assert_eq!(answer.json()["body"].as_str().map(str::len), Some(long.len()));
    let answer = server.send(call("POST /api/echo").body(&(long + "x"))).await;
    assert_eq!(answer.problem(413)["detail"], "Body exceeded 1mb limit");
    server.send(call("POST /api/small").body("0123456789")).await.is(200, "\"0123456789\"");
    let answer = server.send(call("POST /api/small").body("0123456789x")).await;
    assert_eq!(answer.problem(413)["detail"], "Body exceeded 10b limit");
}

#[tokio::test]
async fn rh_480_a_function_can_take_the_bytes_as_they_came() {
    let post = call("POST /api/webhook").header("content-type", "application/json").body("{ } ");
    server().await.send(post).await.is(200, "4 bytes");
}

#[tokio::test]
async fn rh_482_rh_483_rh_484_replies_have_status_content_type_length_and_etag() {
    let server = server().await;
    for (query, status, content_type, body) in [
        ("kind=json", 200, "application/json; charset=utf-8", "{\"a\":[1,null]}"),
        ("kind=null&status=201", 201, "application/json; charset=utf-8", "null"),
        ("kind=number", 200, "application/json; charset=utf-8", "7"),
        ("kind=text&status=404", 404, "text/plain; charset=utf-8", "text"),
        ("kind=bytes", 200, "application/octet-stream", "bytes"),
    ] {
        let answer = server.get(&format!("/api/reply?{query}")).await;
        answer.is(status, body);
        assert_eq!(answer.header("content-type"), Some(content_type), "{query}");
        assert_eq!(answer.header("content-length"), Some(&*body.len().to_string()), "{query}");
        assert!(answer.header("etag").is_some_and(|tag| tag.starts_with('"')), "{query}");
    }
    let empty = server.get("/api/reply").await;
    empty.is(200, "");
    assert_eq!((empty.header("etag"), empty.header("content-length")), (None, Some("0")));
}

#[tokio::test]
async fn rh_485_a_client_that_has_the_answer_gets_304() {
    let server = server().await;
    let first = server.get("/api/reply?kind=json").await;
    let tag = first.header("etag").expect("a tag").to_owned();
    for (line, status) in [
        ("GET /api/reply?kind=json", 304),
        ("HEAD /api/reply?kind=json", 304),
        ("POST /api/reply?kind=json", 200),
        ("GET /api/reply?kind=json&status=500", 500),
        ("GET /api/reply?kind=text", 200),
    ] {
        // `no-cache` asks for exactly this: that the server says whether the copy is still right (RFC 9111 section
        // 5.2.1.4).
        let call = call(line).header("if-none-match", &tag).header("cache-control", "no-cache");
        let answer = server.send(call).await;
        assert_eq!(answer.status, status, "{line}");
        if status == 304 {
            assert_eq!(answer.header("etag"), Some(&*tag));
            assert_eq!((answer.header("content-type"), answer.text()), (None, ""));
        }
    }
}

#[tokio::test]
async fn rh_486_a_204_has_neither_body_nor_headers_of_one() {
    let answer = server().await.get("/api/reply?kind=json&status=204").await;
    answer.is(204, "");
    for name in ["content-type", "content-length", "etag"] {
        assert_eq!(answer.header(name), None, "{name}");
    }
}

#[tokio::test]
async fn rh_487_a_redirect_is_307_unless_it_says_otherwise() {
    let server = server().await;
    for (path, status, location) in [("/api/moved", 307, "/x"), ("/api/moved?found=/y", 302, "/y")]
    {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (status, Some(location)));
    }
}

#[tokio::test]
async fn rh_491_an_error_is_500_and_tells_nothing() {
    server().await.get("/api/fails").await.opaque();
}

#[tokio::test]
async fn rh_492_head_runs_the_function_and_sends_its_headers_without_the_body() {
    let server = server().await;
    let get = server.get("/api/echo").await;
    let mut connection = Connection::open(server.addr).await;
    connection.send("HEAD /api/echo HTTP/1.1\r\nHost: x\r\n\r\n").await;
    let head = connection.answer("HEAD").await;
    assert_eq!(head.header("x-method"), Some("HEAD"));
    assert_eq!(head.header("content-type"), get.header("content-type"));
    // `HEAD` is a letter longer than `GET`.
    let length = |text: &str| text.parse::<usize>().expect("a length");
    assert_eq!(head.header("content-length").map(length), Some(get.body.len() + 1));
    // Nothing follows: the next answer on the connection is read in full.
    connection.send("GET /api/posts/latest HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    connection.answer("GET").await.is(200, "the latest");
    assert_eq!(connection.rest().await, b"");
}

#[test]
fn files_below_pages_are_in_the_table_and_have_typed_paths() {
    let find = |pattern: &str| app::ROUTES.iter().find(|route| route.pattern() == pattern);
    let route = find("/api/posts/{pid}").expect("a route");
    assert_eq!(route.file(), "apps/pages/pages/api/posts/[pid].rs");
    assert!(route.handlers()[0].answers_every_method());
    assert_eq!(route.methods().count(), 0);
    assert_eq!(
        find("/api/echo").expect("a route").handlers()[0].docs(),
        "Tells what it was called with."
    );
    assert!(!find("/api/posts/all").expect("a route").handlers()[0].answers_every_method());
    assert_eq!(app::api::posts::pid::path(7), "/api/posts/7");
    assert_eq!(app::api::post::slug::path(["a b", "c"]), "/api/post/a%20b/c");
    assert_eq!(app::api::path(), "/api");
}
