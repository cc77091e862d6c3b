//! Limits of `bff.toml` and of attributes: bodies, time, trusted proxies, upstreams.

use bff::{explain::Stage, http::Method};

use crate::{
    apps::limits::{self, Limits},
    support::{Answer, Call, Connection, Server, call, in_process, raw},
};

async fn server(limits: Limits) -> Server {
    Server::start(limits::app::router(limits)).await
}

/// A body of so many bytes, with its length announced.
fn announced(method: &str, path: &str, length: usize) -> Call {
    call(&format!("{method} {path}")).body(&"x".repeat(length))
}

/// The same in chunks of ten bytes.
async fn chunked(server: &Server, method: &str, path: &str, length: usize) -> Answer {
    let mut connection = Connection::open(server.addr).await;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let body = "x".repeat(length);
    let chunks = body
        .as_bytes()
        .chunks(10)
        .map(|chunk| format!("{:x}\r\n{}\r\n", chunk.len(), String::from_utf8_lossy(chunk)));
    // The server may have had enough before the end.
    let _ = connection.try_send(head + &chunks.collect::<String>() + "0\r\n\r\n").await;
    connection.answer(method).await
}

#[tokio::test]
async fn rh_114_c_03_a_body_of_the_limit_passes_and_one_of_a_byte_more_is_413() {
    let server = server(Limits::default()).await;
    for (method, path, limit) in [
        // `[server]`, a rule, a more specific rule, the attribute, another spelling of the rule's path.
        ("POST", "/body", 1024),
        ("POST", "/small/x", 10),
        ("POST", "/small/large", 20),
        ("PUT", "/small/large", 30),
        ("POST", "/small/l%61rge", 20),
        ("POST", "/small/large/", 20),
    ] {
        server.send(announced(method, path, limit)).await.is(200, &limit.to_string());
        chunked(&server, method, path, limit).await.is(200, &limit.to_string());
        for answer in [
            server.send(announced(method, path, limit + 1)).await,
            chunked(&server, method, path, limit + 1).await,
        ] {
            let problem = answer.problem(413);
            assert_eq!(problem["limit"], limit, "{method} {path}: {problem}");
        }
    }
}

#[tokio::test]
async fn c_04_a_stream_does_not_end_as_if_it_were_whole_at_the_limit() {
    let server = server(Limits::default()).await;
    server.send(announced("POST", "/stream", 1024)).await.is(200, "1024");
    server.send(announced("POST", "/stream", 1025)).await.problem(413);
    chunked(&server, "POST", "/stream", 1024).await.is(200, "1024");
    chunked(&server, "POST", "/stream", 1025).await.is(200, "too much");
}

#[tokio::test]
async fn rh_118_a_body_that_is_announced_to_be_too_large_is_never_asked_for() {
    let server = server(Limits::default()).await;
    let mut connection = Connection::open(server.addr).await;
    connection
        .send("POST /small/x HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n")
        .await;
    // No `100 Continue` comes before it.
    connection.answer("POST").await.problem(413);
}

#[tokio::test]
async fn rh_351_a_handler_that_takes_too_long_is_dropped_and_the_client_is_told_504() {
    let limits = Limits::default();
    let server = server(limits.clone()).await;
    let answer = server.get("/never").await;
    answer.problem(504);
    assert_eq!(limits.events.next().await, "dropped");
    // The attribute wins over the rule.
    limits.go_on.notify_one();
    server.send("POST /never").await.is(200, "at last");
}

#[tokio::test]
async fn rh_351_the_limits_hold_in_process_and_below_a_nest_as_well() {
    let nested = bff::axum::Router::new().nest("/v1", limits::app::router(Limits::default()));
    in_process(&nested, "GET /v1/never").await.problem(504);
    in_process(&nested, announced("POST", "/v1/small/x", 11)).await.problem(413);
    in_process(&nested, announced("POST", "/v1/small/x", 10)).await.is(200, "10");
}

#[tokio::test]
async fn headers_of_a_rule_are_on_every_response_of_its_routes_and_the_handlers_own_win() {
    let server = server(Limits::default()).await;
    for (call, status, policy, own) in [
        (announced("POST", "/small/x", 1), 200, Some("small"), Some("handler")),
        (announced("PUT", "/small/x", 1), 200, Some("small"), Some("small")),
        (announced("POST", "/small/x", 11), 413, Some("small"), Some("small")),
        (call("DELETE /small/x"), 405, Some("small"), Some("small")),
        (call("OPTIONS /small/x"), 204, Some("small"), Some("small")),
        (announced("POST", "/body", 1), 200, None, None),
        (call("GET /small"), 404, None, None),
    ] {
        let answer = server.send(call.clone()).await;
        let found = (answer.status, answer.header("x-policy"), answer.header("x-own"));
        assert_eq!(found, (status, policy, own), "{call:?}");
    }
}

#[tokio::test]
async fn rh_090_the_trusted_proxies_of_the_file_are_believed() {
    let server = server(Limits::default()).await;
    let call = call("GET /whoami").header("X-Forwarded-For", "192.0.2.7");
    server.send(call).await.is(200, "192.0.2.7");
}

#[tokio::test]
async fn an_upstream_of_the_file_is_a_static_of_the_app() {
    let server = server(Limits::default()).await;
    server.send("POST /whoami").await.problem(502);
}

#[tokio::test]
async fn rw_30_a_rewrite_leads_to_a_declared_upstream() {
    let server = server(Limits::default()).await;
    server.get("/ext/a/b").await.problem(502);
}

#[tokio::test]
async fn ts_07_an_explanation_names_each_step_and_where_it_is_said() {
    let router = limits::app::router(Limits::default());
    let explained = bff::explain(&router, Method::PUT, "/little/large?q=1").await.expect("a URL");
    assert_eq!(
        explained.to_string(),
        "\
PUT /little/large?q=1
  headers     apps/limits/bff.toml:36:10             `/:path*`: x-first: little/large
  rewrite     apps/limits/bff.toml:29:15             `/little/:name` leads to /small/large?q=1&from=little
  route       apps/limits/app/small/[name]/route.rs  /small/{name}, name = large
  handler     apps/limits/app/small/[name]/route.rs  `read_more`
  rule        apps/limits/bff.toml:10:10             `/small/:path*` is for it
  rule        apps/limits/bff.toml:15:10             `/small/large` is for it
  timeout     apps/limits/bff.toml:2:1               60s
  body limit  apps/limits/app/small/[name]/route.rs  30 bytes
  header      apps/limits/bff.toml:12:35             x-own: small, where the response has none
  header      apps/limits/bff.toml:12:13             x-policy: small, where the response has none"
    );
    assert_eq!(explained.rewritten_to(), Some("/small/large?q=1&from=little"));

    let client = bff::testing::client(router);
    let moved = client.get("/old/x").explain().await;
    let to = moved.redirected_to().map(|(status, location)| (status.as_u16(), location));
    assert_eq!((to, moved.route()), (Some((308, "/small/x")), None), "{moved}");
    let place = moved.at(Stage::Redirect).next().and_then(|step| step.place());
    assert_eq!(place, Some("apps/limits/bff.toml:24:15"));
    let elsewhere = client.get("/ext/a").explain().await;
    assert_eq!(elsewhere.rewritten_to(), Some("http://127.0.0.1:9/a"));
}

#[tokio::test]
async fn security_40_one_request_too_many_is_503_at_once_and_the_next_one_finds_room() {
    let limits = Limits::default();
    let server = server(limits.clone()).await;
    let first = tokio::spawn(raw(server.addr, call("GET /one").bytes()));
    assert_eq!(limits.events.next().await, "in");
    let answer = server.get("/one").await;
    assert_eq!(answer.header("retry-after"), Some("1"));
    answer.problem(503);
    assert_eq!(server.send("HEAD /one").await.status, 503);
    // Only the handler that says so is meant.
    server.send("POST /one").await.is(200, "any");
    limits.go_on.notify_one();
    first.await.expect("an answer").is(200, "out");
    limits.go_on.notify_one();
    server.get("/one").await.is(200, "out");
}

#[tokio::test]
async fn security_14_a_handler_is_not_reached_without_what_it_requires() {
    let limits = Limits::default();
    let app = || limits::app::router(limits.clone());
    let nested = bff::axum::Router::new().nest("/v1", app());
    let only_routes = limits::app::routes().with_state(limits.clone());
    let server = server(limits.clone()).await;
    let user = |line: &str, name: &str| call(line).header("x-user", name);
    for (call, status) in [
        (call("GET /guarded/ann"), 403),
        (user("GET /guarded/ann", "bob"), 403),
        (user("HEAD /guarded/ann", "bob"), 403),
        (user("GET /guarded/%61nn/", "bob"), 403),
        // The rewrite leads to the same handler.
        (user("GET /sesame/ann", "bob"), 403),
        (call("POST /guarded/ann"), 401),
        (user("POST /guarded/ann", "ann"), 401),
        (user("POST /guarded/ann", "bob").header("x-token", "1"), 403),
        // The method is what is wrong.
        (call("DELETE /guarded/ann"), 405),
        (call("OPTIONS /guarded/ann"), 204),
    ] {
        assert_eq!(server.send(call.clone()).await.status, status, "{call:?}");
    }
    in_process(&nested, user("GET /v1/guarded/ann", "bob")).await.problem(403);
    in_process(&only_routes, user("GET /guarded/ann", "bob")).await.problem(403);
    limits.events.has_none("the refusals").await;
    let explained = bff::explain(&app(), Method::POST, "/guarded/ann").await.expect("a URL");
    let required: Vec<_> = explained.at(Stage::Requirement).map(|step| step.text()).collect();
    assert_eq!(required, ["`token`", "`owner`"]);

    server.send(user("GET /guarded/ann", "ann")).await.is(200, "for ann");
    server.send(user("GET /sesame/ann", "ann")).await.is(200, "for ann");
    in_process(&nested, user("GET /v1/guarded/a%20n", "a n")).await.is(200, "for a n");
    in_process(&only_routes, user("GET /guarded/ann", "ann")).await.is(200, "for ann");
    let call = user("POST /guarded/ann", "ann").header("x-token", "1");
    server.send(call).await.is(200, "changed");
}
