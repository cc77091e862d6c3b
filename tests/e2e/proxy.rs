//! `proxy.rs`: section 2 of the specification of proxy and configuration, and the vectors of its annex 5.4.

use std::sync::atomic::Ordering;

use crate::{
    apps::{
        proxied::{self, Proxying},
        wrapped,
    },
    support::{Answer, Server, call},
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
async fn px_50_px_49_px_54_headers_of_request_and_response_are_apart() {
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
async fn pl_12_the_handler_wins_unless_the_proxy_says_otherwise() {
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
async fn px_64_px_65_pl_13_the_handler_sees_the_cookies_of_the_proxy() {
    let (server, _) = server().await;
    let sent = call("GET /echo?do=cookie").header("cookie", "old=1; other=%31; old=2");
    let answer = server.send(sent).await;
    assert_eq!(answer.json()["headers"]["cookie"], "other=%31; set=by%20proxy; old=new");
    assert_eq!(answer.lines("set-cookie"), ["set=by%20proxy; Path=/", "old=new; Path=/"]);
    let both = server.send(call("POST /echo?do=cookie").body("x")).await;
    assert_eq!(both.lines("set-cookie"), ["old=handler; Path=/", "set=by%20proxy; Path=/"]);
}

#[tokio::test]
async fn px_70_px_72_px_73_px_74_a_rewrite_keeps_method_and_body_and_shows_both_urls() {
    let (server, _) = server().await;
    let answer = server.send(call("POST /echo?do=rewrite").body("hello")).await;
    answer.is(200, "9 /items/9?y=2 /echo hello");
    assert_eq!(answer.header("x-middleware-rewrite"), None);
    assert_eq!(answer.header("x-res"), Some("proxy"));
    server.get("/echo?do=rewrite-dots").await.is(200, "5 /items/5 /echo ");
    server.get("/echo?do=rewrite-missing").await.problem(404);
}

#[tokio::test]
async fn px_44_px_45_a_redirect_has_a_relative_location_and_keeps_what_was_set() {
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
async fn px_27_a_body_goes_through_untouched() {
    let (server, _) = server().await;
    server.send(call("POST /echo").body(&"x".repeat(60_000))).await.is(200, "60000");
}

#[tokio::test]
async fn cve_2025_29927_ghsa_px_95_no_header_of_a_client_steers_the_proxy() {
    for (name, value) in [
        ("x-middleware-subrequest", "middleware:middleware:middleware:middleware:middleware"),
        ("x-middleware-subrequest", "proxy"),
        ("x-middleware-skip", "1"),
        ("x-middleware-next", "1"),
        ("x-middleware-rewrite", "/admin/open"),
        ("x-middleware-redirect", "/"),
        ("x-middleware-prefetch", "1"),
        ("x-middleware-override-headers", "authorization"),
        ("x-middleware-invoke", "1"),
        ("x-nextjs-data", "1"),
        ("x-matched-path", "/admin/open"),
        ("x-now-route-matches", "1=open"),
        ("next-resume", "1"),
        ("x-original-url", "/admin/open"),
        ("x-rewrite-url", "/admin/open"),
    ] {
        let (server, app) = server().await;
        let answer = server.send(call("GET /admin").header(name, value)).await;
        assert_eq!((answer.status, app.runs.load(Ordering::SeqCst)), (403, 1), "{name}");
        // PX-95: nor the handler.
        assert_eq!(server.send(call("GET /echo").header(name, value)).await.json()["uri"], "/echo");
        assert_eq!(app.handled.load(Ordering::SeqCst), 1, "{name}");
    }
}

#[tokio::test]
async fn cve_2025_57822_px_92_a_reflected_location_is_a_header_and_nothing_else() {
    let (server, app) = server().await;
    let sent = call("GET /echo?do=reflect")
        .header("location", "http://169.254.169.254/latest")
        .header("x-middleware-rewrite", "http://169.254.169.254/latest");
    let answer = server.send(sent).await;
    assert_eq!((answer.status, app.handled.load(Ordering::SeqCst)), (200, 1));
    assert_eq!(answer.json()["uri"], "/echo?do=reflect");
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
