//! Sections 4, 6 and 7 of the spec: what a handler can ask of a request besides its body, and its headers.

use bff::{
    Request, RequestExt, Response,
    axum::{
        Router,
        extract::Extension,
        middleware::{self, Next},
    },
    request::{self, PublicOrigin, TrustedProxies},
};
use serde_json::json;
use tokio::{net::TcpListener, sync::oneshot};

use crate::{
    apps::rows,
    support::{Answer, Connection, Events, Server, call, in_process, within},
};

async fn server() -> Server {
    Server::start(rows::app::router()).await
}

/// The app behind a proxy on this machine.
async fn behind_proxy() -> Server {
    let proxies: TrustedProxies = "127.0.0.0/8".parse().expect("a list of networks");
    Server::start(rows::app::router().layer(proxies)).await
}

#[tokio::test]
async fn rh_124_rh_129_rh_130_a_handler_sees_the_url_of_the_client() {
    let server = server().await;
    for path in ["/request/url", "/request/url/handler", "/request/url/"] {
        let url = server.get(&format!("{path}?s=a+b%20c&s=&%E6%97%A5=x%2Fy")).await.json();
        let href = format!("http://localhost{path}?s=a+b%20c&s=&%E6%97%A5=x%2Fy");
        assert_eq!((&url["href"], &url["path"]), (&json!(href), &json!(path)));
        assert_eq!(url["query"], json!([["s", "a b c"], ["s", ""], ["日", "x/y"]]));
        assert_eq!(url["base_path"], "");
        assert_eq!(url["rewritten"], json!(null));
    }
}

#[tokio::test]
async fn rh_132_below_a_prefix_the_url_is_whole_and_the_base_path_is_known() {
    for router in [
        Router::new().nest("/base", rows::app::router()),
        Router::new().nest_service("/base", rows::app::router()),
        Router::new().nest("/base", rows::app::routes()),
        Router::new().nest("/base", Router::new().merge(rows::app::router())),
    ] {
        let server = Server::start(router).await;
        for path in ["/request/url", "/request/url/handler"] {
            let url = server.get(&format!("/base{path}?a=1")).await.json();
            assert_eq!(url["href"], format!("http://localhost/base{path}?a=1"));
            assert_eq!((&url["base_path"], &url["path"]), (&json!("/base"), &json!(path)));
            assert_eq!(url["uri"], format!("{path}?a=1"));
        }
    }
    let inner = Router::new().nest("/api", rows::app::router());
    let nested = Router::new().nest_service("/{tenant}", inner);
    let url = in_process(&nested, "GET /acme/api/request/url").await.json();
    assert_eq!((&url["base_path"], &url["path"]), (&json!("/acme/api"), &json!("/request/url")));
}

#[tokio::test]
async fn rh_045_rh_138_after_a_rewrite_the_url_is_the_clients() {
    async fn rewrite(mut request: Request, next: Next) -> Response {
        request::rewrite(&mut request, "/request/url?rw=1".parse().expect("a URI"));
        next.run(request).await
    }
    let app = rows::app::router().layer(middleware::from_fn(rewrite));
    let server = Server::start(Router::new().nest_service("/base", app)).await;
    let url = server.get("/base/api/rw?q=1").await.json();
    assert_eq!(url["href"], "http://localhost/base/api/rw?q=1");
    assert_eq!((&url["base_path"], &url["path"]), (&json!("/base"), &json!("/api/rw")));
    assert_eq!(url["query"], json!([["q", "1"]]));
    assert_eq!(url["rewritten"], "http://localhost/base/request/url?rw=1");
}

#[tokio::test]
async fn v48_rh_125_rh_126_rh_127_the_origin_is_the_hosts_unless_a_trusted_proxy_says_otherwise() {
    let forwarded = [("x-forwarded-proto", "https"), ("x-forwarded-host", "app.test")];
    let ask = async |server: &Server, headers: &[(&str, &str)]| {
        let mut seen = Vec::new();
        for path in ["/request/url", "/request/url/handler"] {
            let request = format!("GET {path} HTTP/1.1\r\nConnection: close\r\n");
            let lines = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
            let answer =
                crate::support::raw(server.addr, request + &lines.collect::<String>() + "\r\n");
            let told = answer.await.json();
            let origin = told["origin"].as_str().expect("an origin").to_owned();
            assert_eq!(told["href"], format!("{origin}{path}"));
            seen.push(origin);
        }
        assert_eq!(seen[0], seen[1]);
        seen.remove(0)
    };
    let host = ("host", "example.com");
    let direct = server().await;
    assert_eq!(ask(&direct, &[host, forwarded[0], forwarded[1]]).await, "http://example.com");
    assert_eq!(ask(&direct, &[("host", "127.0.0.1:4510")]).await, "http://127.0.0.1:4510");
    assert_eq!(ask(&direct, &[("host", "a@evil.test")]).await, "http://localhost");
    let proxied = behind_proxy().await;
    assert_eq!(ask(&proxied, &[host]).await, "http://example.com");
    assert_eq!(ask(&proxied, &[host, forwarded[0]]).await, "https://example.com");
    assert_eq!(ask(&proxied, &[host, forwarded[0], forwarded[1]]).await, "https://app.test");
    let public = PublicOrigin("https://www.example.com".parse().expect("an origin"));
    let configured = Server::start(rows::app::router().layer(public)).await;
    assert_eq!(ask(&configured, &[host, forwarded[1]]).await, "https://www.example.com");
}

#[tokio::test]
async fn rh_090_the_client_is_the_peer_unless_a_trusted_proxy_says_otherwise() {
    let spoofed = |method: &str| {
        call(&format!("{method} /request/client"))
            .header("x-forwarded-for", "6.6.6.6, 198.51.100.7")
            .header("x-real-ip", "6.6.6.6")
            .header("cf-connecting-ip", "6.6.6.6")
    };
    for method in ["GET", "POST"] {
        server().await.send(spoofed(method)).await.is(200, "127.0.0.1");
        behind_proxy().await.send(spoofed(method)).await.is(200, "198.51.100.7");
    }
    let proxies: TrustedProxies = "127.0.0.1".parse().expect("an address");
    let router = rows::app::router().layer(proxies);
    in_process(&router, spoofed("GET")).await.is(200, "198.51.100.7");
}

#[tokio::test]
async fn rh_128_the_server_adds_no_header_to_a_request() {
    let headers = server().await.get("/request/headers").await.json();
    assert_eq!(headers, json!({ "host": "localhost", "connection": "close" }));
    let sent = call("GET /request/headers").header("x-forwarded-for", "6.6.6.6");
    let headers = behind_proxy().await.send(sent).await.json();
    assert_eq!(headers["x-forwarded-for"], "6.6.6.6");
    assert_eq!(headers["x-forwarded-host"], json!(null));
}

#[tokio::test]
async fn rh_129_a_typed_query_takes_repeated_keys_and_points_at_what_is_wrong() {
    let server = server().await;
    let filter = server.get("/request/query?tag=b&q=a+b%20c&tag=a&page=2&other=1").await.json();
    assert_eq!(filter, json!({ "q": "a b c", "page": 2, "tag": ["b", "a"] }));
    for (query, pointer, code, detail) in [
        ("", "/q", "missing", "the field is missing"),
        ("?q=x&page=seven", "/page", "wrong_type", "the value is not a whole number"),
        ("?q=x&page=1&page=2", "/page", "duplicate", "the field takes one value"),
    ] {
        let problem = server.get(&format!("/request/query{query}")).await.problem(400);
        assert_eq!(
            problem["errors"],
            json!([{ "pointer": pointer, "code": code, "detail": detail }]),
            "{query}"
        );
    }
    let pairs = server.get("/request/query/handler?a=1&b=%26&a=").await.json();
    assert_eq!(pairs, json!([["a", "1"], ["b", "&"], ["a", ""]]));
    for path in ["/request/query", "/request/query/handler"] {
        let query = "q=x&".repeat(1001);
        server.get(&format!("{path}?{query}")).await.problem(400);
    }
}

#[tokio::test]
async fn rh_098_rh_099_rh_100_rh_102_a_client_is_told_by_its_user_agent() {
    let server = server().await;
    let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";
    for method in ["GET", "POST"] {
        let ask = || call(&format!("{method} /request/agent"));
        let agent = server.send(ask().header("user-agent", iphone)).await.json();
        assert_eq!(
            agent["browser"],
            json!({ "name": "Mobile Safari", "version": "17.0", "major": "17" })
        );
        assert_eq!(
            agent["device"],
            json!({ "vendor": "Apple", "model": "iPhone", "type": "mobile" })
        );
        assert_eq!((&agent["ua"], &agent["isBot"]), (&json!(iphone), &json!(false)));
        let agent = server.send(ask().header("user-agent", "Googlebot/2.1")).await.json();
        assert_eq!((&agent["browser"], &agent["isBot"]), (&json!({}), &json!(true)));
        let agent = server.send(ask()).await.json();
        assert_eq!((&agent["ua"], &agent["os"]), (&json!(""), &json!({})));
    }
}

#[tokio::test]
async fn v22_rh_133_rh_212_a_redirect_to_a_path_of_the_app_keeps_the_prefix() {
    let direct = server().await;
    let nested = Server::start(Router::new().nest("/base", rows::app::router())).await;
    let routes = Server::start(Router::new().nest("/base", rows::app::routes())).await;
    for (to, at_root, below_base) in [
        ("/dest", "/dest", "/base/dest"),
        ("/dest?x=/y", "/dest?x=/y", "/base/dest?x=/y"),
        ("/", "/", "/base"),
        ("/?x", "/?x", "/base?x"),
        ("dest", "dest", "dest"),
        ("?x", "?x", "?x"),
        ("https://example.com/a;b", "https://example.com/a;b", "https://example.com/a;b"),
        ("//cdn.example.com/x", "//cdn.example.com/x", "//cdn.example.com/x"),
    ] {
        let to = to.replace('?', "%3F");
        let get = |prefix: &str| format!("GET {prefix}/request/redirect?to={to}");
        let place = |answer: Answer| (answer.status, answer.header("location").map(str::to_owned));
        let expected = |place: &str| (307, Some(place.to_owned()));
        assert_eq!(place(direct.send(&*get("")).await), expected(at_root), "{to}");
        assert_eq!(place(nested.send(&*get("/base")).await), expected(below_base), "{to}");
        assert_eq!(place(routes.send(&*get("/base")).await), expected(below_base), "{to}");
        let post = get("/base").replace("GET", "POST");
        assert_eq!(place(nested.send(&*post).await), (308, Some(below_base.to_owned())), "{to}");
    }
    let answer = nested.get("/base/results/interrupts").await;
    assert_eq!(answer.header("location"), Some("/base/login?from=here"));
}

#[tokio::test]
async fn rh_139_rh_205_a_url_that_is_joined_stays_in_the_app() {
    for (prefix, router) in
        [("", rows::app::router()), ("/base", Router::new().nest("/base", rows::app::router()))]
    {
        let server = Server::start(router).await;
        let location = |answer: Answer| answer.header("location").map(str::to_owned);
        let answer = server.get(&format!("{prefix}/request/join?x=1")).await;
        let login = format!("http://localhost{prefix}/login?from=%2Frequest%2Fjoin");
        assert_eq!(location(answer), Some(login));
        for (from, to) in [
            ("/posts/7%3Fpage=2", "/posts/7?page=2"),
            ("other", "/request/other"),
            ("../../../..", if prefix.is_empty() { "/" } else { "" }),
            (&format!("http://localhost{prefix}/x"), "/x"),
        ] {
            let answer = server.send(&*format!("POST {prefix}/request/join?from={from}")).await;
            assert_eq!(location(answer), Some(format!("http://localhost{prefix}{to}")), "{from}");
        }
        for from in [
            "https://evil.test",
            "//evil.test",
            "/%5Cevil.test",
            "/%09/evil.test",
            "javascript:alert(1)",
            "/x%0D%0Aset-cookie:a=b",
        ] {
            let answer = server.send(&*format!("POST {prefix}/request/join?from={from}")).await;
            answer.problem(400);
            assert_eq!(answer.header("location"), None, "{from}");
        }
    }
}

#[tokio::test]
async fn rh_140_rh_141_headers_are_read_in_any_case_and_joined() {
    let sent = call("GET /request/headers")
        .header("X-Dup", "1")
        .header("Accept", "a")
        .header("x-dup", "2")
        .header("Accept", "b")
        .header("Cookie", "a=1")
        .header("Cookie", "b=2")
        .header("X-Text", "grüße");
    let headers = server().await.send(sent).await.json();
    assert_eq!(headers["x-dup"], "1, 2");
    assert_eq!(headers["accept"], "a, b");
    assert_eq!(headers["cookie"], "a=1; b=2");
    assert_eq!(headers["x-text"], "grüße");
}

#[tokio::test]
async fn rh_143_a_header_that_a_layer_sets_is_seen_by_the_handler() {
    async fn set(mut request: Request, next: Next) -> Response {
        assert_eq!(request.header("x-user").as_deref(), Some("mallory"));
        request.headers_mut().insert("x-user", "alice".parse().expect("a value"));
        next.run(request).await
    }
    let router = rows::app::router().layer(middleware::from_fn(set));
    let sent = call("GET /request/headers").header("x-user", "mallory");
    assert_eq!(in_process(&router, sent).await.json()["x-user"], "alice");
}

/// The answer `abc` with these header lines of a handler's.
async fn sent(server: &Server, lines: &str) -> Answer {
    server.send(call("POST /request/headers/sent").body(lines)).await
}

#[tokio::test]
async fn rh_149_rh_150_rh_152_headers_pass_in_order_but_for_those_of_the_connection() {
    let server = server().await;
    let answer = sent(
        &server,
        "X-B:1\nlink:<a>\nx-a:2\nLink:<b>\nset-cookie:a=1\nset-cookie:b=2\nserver:me\netag:\"a\"",
    )
    .await;
    answer.is(200, "abc");
    // hyper writes the lines of one name after another, in the place of the first.
    let names: Vec<_> = answer.headers.iter().map(|(name, _)| &**name).collect();
    let own = ["x-b", "link", "link", "x-a", "set-cookie", "set-cookie", "server", "etag"];
    assert_eq!(names[..own.len()], own);
    assert_eq!(answer.lines("link"), ["<a>", "<b>"]);
    assert_eq!(answer.lines("set-cookie"), ["a=1", "b=2"]);

    let answer = sent(
        &server,
        "keep-alive:timeout=5\nproxy-connection:x\nupgrade:h2c\nx-secret:1\nconnection:x-secret, upgrade",
    )
    .await;
    answer.is(200, "abc");
    for name in ["keep-alive", "proxy-connection", "upgrade", "x-secret"] {
        assert_eq!(answer.header(name), None, "{name}");
    }
    assert_eq!(answer.header("connection"), Some("close"));
}

#[tokio::test]
async fn rh_148_no_header_of_a_handler_changes_where_a_response_ends() {
    let server = server().await;
    for lines in [
        "content-length:3",
        "content-length:2",
        "content-length:300",
        "content-length:x",
        "content-length:3\ncontent-length:4",
        "transfer-encoding:chunked",
        "transfer-encoding:gzip",
        "transfer-encoding:identity\ncontent-length:1",
    ] {
        let mut connection = Connection::open(server.addr).await;
        for _ in 0..2 {
            let head = format!(
                "POST /request/headers/sent HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n",
                lines.len()
            );
            connection.send(head + lines).await;
            let answer = connection.answer("POST").await;
            answer.is(200, "abc");
            assert_eq!(answer.header("content-length"), Some("3"), "{lines}");
            assert_eq!(answer.header("transfer-encoding"), None, "{lines}");
        }
    }
    // A length that only the handler knows is sent, so that the client can show how far it is.
    let answer = server.get("/request/headers/sent?content-length:3").await;
    answer.is(200, "abc");
    assert_eq!(answer.header("content-length"), Some("3"));
    // A body that is encoded already says so.
    let answer = sent(&server, "content-encoding:gzip").await;
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
}

#[tokio::test]
async fn rh_151_no_header_holds_a_line_break() {
    let server = server().await;
    let answer = sent(&server, "x-text:grüße\nx-tab:a\tb").await;
    assert_eq!(answer.lines("x-text"), ["grüße"]);
    for lines in ["x-a:1\rset-cookie: a=b", "x-a:\u{0}", "x-a\rb:1", "x-é:1"] {
        let answer = sent(&server, lines).await;
        answer.is(200, "no header");
        assert_eq!(answer.header("set-cookie"), None);
    }
}

/// The app with events to wait for.
async fn with_events() -> (Server, Events) {
    let events = Events::default();
    let server = Server::start(rows::app::router().layer(Extension(events.clone()))).await;
    (server, events)
}

#[tokio::test]
async fn rh_092_rh_233_a_client_that_leaves_ends_the_handler_and_tells_what_it_left_behind() {
    let (server, events) = with_events().await;
    let mut connection = Connection::open(server.addr).await;
    connection.send("GET /request/cancellation/waiting HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    drop(connection);
    let mut told = [events.next().await, events.next().await];
    told.sort_unstable();
    assert_eq!(told, ["after", "cancelled"]);
}

#[tokio::test]
async fn rh_092_rh_232_a_client_that_leaves_a_stream_cancels() {
    let (server, events) = with_events().await;
    let mut connection = Connection::open(server.addr).await;
    connection
        .send("GET /request/cancellation/streaming HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await;
    connection.head().await.expect("the answer begins");
    assert_eq!(connection.chunk().await.as_deref(), Some(&b"again"[..]));
    drop(connection);
    assert_eq!(events.next().await, "cancelled");
}

#[tokio::test]
async fn rh_092_a_normal_end_does_not_cancel() {
    let (server, events) = with_events().await;
    for (line, expected) in [
        ("GET /request/cancellation/over?text", "finished"),
        ("HEAD /request/cancellation/over?text", "finished"),
        ("HEAD /request/cancellation/over?chunks", "finished"),
        ("GET /request/cancellation/over?empty", "finished"),
        ("GET /request/cancellation/over?none", "finished"),
        ("GET /request/cancellation/over?chunks", "finished"),
        ("GET /request/cancellation/over?sized", "finished"),
        ("GET /request/cancellation/over?large", "finished"),
        ("GET /request/cancellation/over", "finished"),
        ("GET /request/cancellation/over?broken", "cancelled"),
    ] {
        server.send(line).await;
        assert_eq!(events.next().await, expected, "{line}");
    }
}

#[tokio::test]
async fn rh_233_shielded_work_goes_on_when_the_client_leaves() {
    let (server, events) = with_events().await;
    let mut connection = Connection::open(server.addr).await;
    connection.send("GET /request/shield HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    drop(connection);
    assert_eq!(events.next().await, "done");

    server.send("POST /request/shield").await.is(200, "42");
    server.get("/request/shield/panic").await.opaque();
}

#[tokio::test]
async fn rh_233_rh_367_a_server_that_stops_waits_for_shielded_work() {
    let events = Events::default();
    let router = rows::app::router().layer(Extension(events.clone()));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let addr = listener.local_addr().expect("a bound listener has an address");
    let (stop, stopped) = oneshot::channel::<()>();
    let server = bff::serve(router).listener(listener).shutdown(async { drop(stopped.await) });
    let server = tokio::spawn(server.into_future());

    let mut connection = Connection::open(addr).await;
    connection.send("GET /request/shield HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert_eq!(events.next().await, "begun");
    drop(stop);
    drop(connection);
    let ended = within("a drain", server).await.expect("the server does not panic");
    ended.expect("the server stops");
    assert_eq!(events.now(), Some("done"));
}
