//! `proxy.rs`: section 2 of the specification of proxy and configuration, and the vectors of its annex 5.4.

use std::sync::atomic::Ordering;

use tokio::net::TcpStream;

use crate::{
    apps::{
        proxied::{self, Proxying},
        wrapped,
    },
    support::{Answer, Connection, HEADERS_OF_DATA, Server, call, within},
};

async fn server() -> (Server, Proxying) {
    let app = Proxying::default();
    (Server::start(proxied::app::router(app.clone())).await, app)
}

async fn get(path: &str) -> Answer {
    server().await.0.get(path).await
}

#[tokio::test]
async fn mt_11_mt_15_mt_20_pl_04_it_runs_once_for_the_paths_that_it_names() {
    for (path, status, runs) in [
        ("/echo", 200, 1),
        ("/echo/", 200, 1),
        ("/missing", 404, 1),
        ("/admin", 403, 1),
        ("/admin/", 403, 1),
        ("/%61dmin", 404, 1),
        ("/admin/open", 200, 0),
        ("/missing/x", 404, 0),
        ("/echo?do=rewrite-self", 200, 1),
        ("//echo", 308, 0),
        ("/x/../admin", 308, 0),
    ] {
        let (server, app) = server().await;
        assert_eq!(server.get(path).await.status, status, "{path}");
        assert_eq!(app.runs.load(Ordering::SeqCst), runs, "{path}");
    }
}

#[tokio::test]
async fn px_50_px_49_px_54_rh_381_rh_383_headers_of_request_and_response_are_apart() {
    let (server, _) = server().await;
    let sent = call("GET /echo?do=header").header("x-remove-me", "1").header("x-stays", "1");
    let answer = server.send(sent).await;
    let seen = answer.json()["headers"].clone();
    assert_eq!((&seen["x-from-proxy"], &seen["x-stays"]), (&"yes".into(), &"1".into()));
    for name in ["x-remove-me", "x-res", "x-same"] {
        assert!(seen.get(name).is_none(), "{name}");
    }
    assert_eq!(answer.header("x-from-proxy"), None);
    assert_eq!(answer.header("x-res"), Some("proxy"));
}

#[tokio::test]
async fn pl_12_rh_382_the_handler_wins_unless_the_proxy_says_otherwise() {
    let answer = get("/echo?do=header").await;
    assert_eq!(answer.header("x-same"), Some("handler"));
    assert_eq!(answer.lines("vary"), ["x-handler", "x-proxy"]);
    assert_eq!(get("/echo?do=override").await.header("x-same"), Some("proxy"));
    let missing = get("/missing?do=header").await;
    missing.problem(404);
    assert_eq!(missing.header("x-same"), Some("proxy"), "PL-14");
}

#[tokio::test]
async fn px_52_no_headers_are_no_headers() {
    let (server, _) = server().await;
    let answer = server.send(call("GET /echo?do=clear").header("x-a", "1")).await;
    assert!(answer.json()["headers"].get("x-a").is_none());
}

#[tokio::test]
async fn px_57_px_85_what_cannot_be_done_fails_closed() {
    for wish in ["framing", "bad-header", "rewrite-away", "error", "panic"] {
        let (server, app) = server().await;
        server.get(&format!("/echo?do={wish}")).await.opaque();
        assert_eq!(app.handled.load(Ordering::SeqCst), 0, "{wish}");
    }
    get("/echo?do=refuse").await.problem(401);
}

#[tokio::test]
async fn px_64_px_65_pl_13_rh_384_the_handler_sees_the_cookies_of_the_proxy() {
    let (server, _) = server().await;
    let sent = call("GET /echo?do=cookie").header("cookie", "old=1; other=%31; old=2");
    let answer = server.send(sent).await;
    assert_eq!(answer.json()["headers"]["cookie"], "other=%31; set=by%20proxy; old=new");
    assert_eq!(answer.lines("set-cookie"), ["set=by%20proxy; Path=/", "old=new; Path=/"]);
    let both = server.send(call("POST /echo?do=cookie").body("x")).await;
    assert_eq!(both.lines("set-cookie"), ["old=handler; Path=/", "set=by%20proxy; Path=/"]);
}

#[tokio::test]
async fn px_70_px_72_px_73_px_74_rh_385_a_rewrite_keeps_method_and_body_and_shows_both_urls() {
    let (server, _) = server().await;
    let answer = server.send(call("POST /echo?do=rewrite").body("hello")).await;
    answer.is(200, "9 /items/9?y=2 /echo hello");
    assert_eq!(answer.header("x-middleware-rewrite"), None);
    assert_eq!(answer.header("x-res"), Some("proxy"));
    server.get("/echo?do=rewrite-dots").await.is(200, "5 /items/5 /echo ");
    server.get("/echo?do=rewrite-missing").await.problem(404);
}

#[tokio::test]
async fn px_44_px_45_px_46_a_redirect_has_a_relative_location_and_keeps_what_was_set() {
    let answer = get("/echo?do=redirect").await;
    answer.is(307, "/echo?x=1");
    assert_eq!(answer.header("location"), Some("/echo?x=1"));
    assert_eq!(answer.lines("set-cookie").len(), 2);
    assert_eq!(answer.header("x-res"), Some("proxy"));
    assert_eq!(get("/echo?do=redirect-own").await.header("location"), Some("/echo"));
    let away = get("/echo?do=redirect-away").await;
    assert_eq!(
        (away.status, away.header("location")),
        (302, Some("https://example.com/a%20b?q=1#h"))
    );
}

#[tokio::test]
async fn px_42_px_43_an_answer_is_final() {
    let (server, app) = server().await;
    let answer = server.get("/echo?do=respond").await;
    answer.is(418, "hello body");
    assert_eq!(answer.header("x-a"), Some("1"));
    server.send("HEAD /echo?do=respond").await.is(418, "");
    assert_eq!(app.handled.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn px_42_px_43_every_kind_of_answer_goes_out_as_it_is() {
    for (wish, status, body, header) in [
        ("none", 204, "", ("content-type", None)),
        ("empty", 200, "", ("content-type", None)),
        ("json", 401, r#"{"error":"no"}"#, ("content-type", Some("application/json"))),
        ("stream", 200, "onetwothree", ("transfer-encoding", Some("chunked"))),
        // PX-47: a location that is relative stays so, and is no failure.
        ("created", 201, "created", ("location", Some("items/9"))),
        ("redirect-permanent", 308, "/echo", ("refresh", None)),
    ] {
        let (server, app) = server().await;
        let answer = server.get(&format!("/echo?do={wish}")).await;
        answer.is(status, body);
        assert_eq!(answer.header(header.0), header.1, "{wish}");
        assert_eq!(app.handled.load(Ordering::SeqCst), 0, "{wish}");
    }
}

#[tokio::test]
async fn pl_12_a_content_type_of_the_proxy_is_no_exception() {
    assert_eq!(get("/echo?do=type").await.header("content-type"), Some("application/json"));
    assert_eq!(get("/echo?do=type-override").await.header("content-type"), Some("text/plain"));
}

#[tokio::test]
async fn px_20_what_is_done_to_the_request_is_not_said_to_the_handler() {
    let (server, _) = server().await;
    let answer = server.send(call("GET /echo?do=mutate").header("x-stays", "1")).await;
    let seen = answer.json()["headers"].clone();
    assert_eq!((seen.get("x-mutated"), &seen["x-stays"]), (None, &"1".into()));
}

#[tokio::test]
async fn px_63_px_65_px_67_a_cookie_that_the_proxy_deletes_is_gone_for_the_handler_too() {
    let (server, _) = server().await;
    let answer = server.send(call("GET /echo?do=delete").header("cookie", "old=1; kept=2")).await;
    assert_eq!(answer.json()["headers"]["cookie"], "kept=2");
    assert_eq!(answer.lines("set-cookie"), ["old=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]);
}

#[tokio::test]
async fn px_21_px_80_px_81_work_for_later_delays_nothing_and_its_failure_is_nobodys() {
    let (server, app) = server().await;
    assert_eq!(server.get("/echo?do=after").await.status, 200);
    assert_eq!(app.events.next().await, "started");
    assert_eq!(app.events.next().await, "went on");
    assert_eq!(server.get("/echo").await.status, 200);
}

#[tokio::test]
async fn px_82_dp_12_a_server_that_stops_waits_for_the_work_of_its_proxy() {
    let (server, app) = server().await;
    assert_eq!(server.get("/echo?do=after-gated").await.status, 200);
    assert_eq!(app.events.next().await, "started");
    let addr = server.addr;
    let stopped = server.stop();
    within("the listener to go", async {
        while TcpStream::connect(addr).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(!stopped.is_finished());
    app.go_on.notify_one();
    assert_eq!(app.events.next().await, "done");
    within("the server to end", stopped).await.expect("the server runs");
}

#[tokio::test]
async fn px_66_a_line_that_is_no_cookie_of_the_jar_goes_to_the_client_alone() {
    let (server, _) = server().await;
    let answer = server.send(call("GET /echo?do=raw-cookie").header("cookie", "a=1")).await;
    assert_eq!(answer.lines("set-cookie"), ["raw=1; Path=/"]);
    assert_eq!(answer.json()["headers"]["cookie"], "a=1");
}

#[tokio::test]
async fn px_97_rh_389_an_origin_that_is_allowed_is_answered_by_the_proxy() {
    for (line, origin, status, allowed, handled) in [
        ("OPTIONS /echo?do=cors", "https://ours.example", 204, true, 0),
        ("GET /echo?do=cors", "https://ours.example", 200, true, 1),
        ("GET /missing?do=cors", "https://ours.example", 404, true, 0),
        ("OPTIONS /echo?do=cors", "https://evil.example", 204, false, 0),
        ("GET /echo?do=cors", "null", 200, false, 1),
    ] {
        let (server, app) = server().await;
        let answer = server.send(call(line).header("origin", origin)).await;
        assert_eq!(answer.status, status, "{line} {origin}");
        let found = answer.header("access-control-allow-origin");
        assert_eq!(found, allowed.then_some(origin), "{line} {origin}");
        assert_eq!(answer.lines("vary").contains(&"origin"), allowed, "{line} {origin}");
        assert_eq!(app.handled.load(Ordering::SeqCst), handled, "{line} {origin}");
    }
}

#[tokio::test]
async fn px_22_px_23_px_56_the_headers_of_the_client_are_those_that_are_seen() {
    let (server, _) = server().await;
    let many = (0..60).fold(call("GET /echo"), |call, n| call.header(&format!("X-{n}"), "v"));
    let answer = server.send(many.header("x-forwarded-for", "192.0.2.7").header("rsc", "1")).await;
    let seen = answer.json()["headers"].clone();
    let names = seen.as_object().expect("headers");
    // What was sent, `Host` and `Connection`: none is added, none is taken away but that of the connection.
    assert_eq!(names.keys().filter(|name| *name != "connection").count(), 63);
    assert_eq!((&seen["x-forwarded-for"], &seen["x-59"]), (&"192.0.2.7".into(), &"v".into()));
}

#[tokio::test]
async fn pl_18_dp_08_cf_11_security_15_an_answer_has_no_header_that_nobody_asked_for() {
    let (server, _) = server().await;
    let answer = server.get("/items/1").await;
    assert_eq!(answer.header_names(), HEADERS_OF_DATA);
}

#[tokio::test]
async fn px_28_a_client_that_leaves_ends_the_proxy() {
    let (server, app) = server().await;
    let mut connection = Connection::open(server.addr).await;
    connection.send("GET /echo?do=wait HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert_eq!(app.events.next().await, "begun");
    drop(connection);
    assert_eq!(app.events.next().await, "dropped");
    assert_eq!(app.handled.load(Ordering::SeqCst), 0);
}

/// A body whose every byte counts, and what `PUT /echo` says of it.
fn counted(length: usize) -> (String, String) {
    let body: String = (0..length).map(|at| char::from(b'a' + (at % 23) as u8)).collect();
    let sum = body.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    (body, format!("{length} {sum}"))
}

#[tokio::test]
async fn px_27_v47_rh_120_rh_386_eleven_mebibytes_go_through_untouched() {
    let (body, expected) = counted(11 * 1024 * 1024);
    let (server, app) = server().await;
    server.send(call("PUT /echo").body(&body)).await.is(200, &expected);
    assert_eq!(app.runs.load(Ordering::SeqCst), 1);
    // Nor does a proxy around the handler cut what it does not read.
    let (server, large) = (Server::start(wrapped::app::router()).await, "x".repeat(1024 * 1024));
    server.send(call("POST /echo").body(&large)).await.is(200, &large);
}

#[tokio::test]
async fn px_26_px_27_a_body_that_the_proxy_reads_is_whole_or_413() {
    let server = Server::start(wrapped::app::router()).await;
    let reading = |body: &str| call("POST /echo").header("x-read", "1").body(body);
    let answer = server.send(reading("hello")).await;
    answer.is(200, "hello");
    assert_eq!(answer.header("set-cookie"), Some("length=5; Path=/"));
    let limit = 2 * 1024 * 1024;
    let most = "x".repeat(limit);
    let answer = server.send(reading(&most)).await;
    assert_eq!((answer.status, answer.body.len()), (200, limit));
    server.send(reading(&"x".repeat(limit + 1))).await.problem(413);
}

#[tokio::test]
async fn a_handler_that_fails_does_not_take_the_cookies_of_the_proxy() {
    let answer = get("/fail?do=cookie").await;
    answer.opaque();
    assert_eq!(answer.lines("set-cookie").len(), 2);
}

#[tokio::test]
async fn a_proxy_around_the_handler_sees_the_response_and_shares_what_it_sets() {
    let server = Server::start(wrapped::app::router()).await;
    let answer = server.send(call("GET /echo?do=cookie").header("cookie", "gone=1; kept=2")).await;
    let id = answer.header("x-id-of-proxy").expect("an id").to_owned();
    answer.is(200, &format!("{id} kept=2,seen=yes"));
    assert_eq!(answer.header("x-request-id"), Some(&*id));
    assert_eq!(answer.lines("set-cookie").len(), 2);
    assert_eq!(server.get("/nowhere").await.header("x-status"), Some("404"));
    server.send(call("POST /echo").body("abc")).await.is(200, "abc");
    assert_eq!(server.get("/echo?do=stop").await.status, 403);
    server.get("/echo?do=panic").await.opaque();
}
