//! Every published way past a middleware, against `proxy.rs`: named by its advisory.
//!
//! In the fixture the proxy denies `/admin` and all below it but `/admin/open`, and the handlers there say `secret`.

use std::sync::atomic::Ordering;

use crate::{
    apps::proxied::{self, Proxying},
    support::{Connection, Server, call},
};

async fn server() -> (Server, Proxying) {
    let app = Proxying::default();
    (Server::start(proxied::app::router(app.clone())).await, app)
}

/// Sends this target as it is, and checks that the secret does not come back.
async fn is_guarded(target: &str, lines: &str) {
    let (server, app) = server().await;
    for method in ["GET", "HEAD", "POST", "OPTIONS"] {
        let mut connection = Connection::open(server.addr).await;
        connection
            .send(format!(
                "{method} {target} HTTP/1.1\r\nHost: localhost\r\n{lines}Connection: close\r\n\r\n"
            ))
            .await;
        let answer = connection.try_answer(method).await.expect("an answer");
        answer.tells_no_secret();
        assert_eq!(app.handled.load(Ordering::SeqCst), 0, "{method} {target}: {answer:?}");
        assert!([308, 400, 403, 404].contains(&answer.status), "{method} {target}: {answer:?}");
    }
}

#[tokio::test]
async fn cve_2025_29927_px_95_no_header_of_a_client_steers_the_proxy() {
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
async fn cve_2024_51479_cve_2026_64642_no_locale_hides_a_path() {
    for target in [
        "/admin?__nextLocale=en",
        "/admin?__nextLocale=x&__nextDefaultLocale=y",
        "/admin?nxtPlocale=en",
        "/admin?__nextDataReq=1",
        "/admin?__nextInferredLocaleFromDefault=1",
        "/en/admin",
        "/en-US/admin",
        "/admin?locale=en",
    ] {
        is_guarded(target, "").await;
    }
    is_guarded("/admin", "Accept-Language: en\r\nCookie: NEXT_LOCALE=en\r\n").await;
}

#[tokio::test]
async fn cve_2026_44573_cve_2026_44575_cve_2026_45109_no_transport_form_reaches_the_handler() {
    for target in [
        "/_next/data/build/admin.json",
        "/_next/data/build/en/admin.json",
        "/_NEXT/DATA/build/admin.json",
        "/admin.json",
        "/admin.rsc",
        "/admin.txt",
        "/admin.prefetch.rsc",
        "/admin.segments/_tree.segment.rsc",
        "/admin.segments/$d$admin/__PAGE__.segment.rsc",
        "/admin?_rsc=1",
        "/index/admin",
        "/admin/index",
        "/admin/__PAGE__",
    ] {
        is_guarded(target, "").await;
    }
    for lines in [
        "RSC: 1\r\n",
        "RSC: 1\r\nNext-Router-Prefetch: 1\r\n",
        "Next-Router-State-Tree: []\r\nNext-Url: /admin/open\r\n",
        "Next-Router-Segment-Prefetch: /_tree\r\n",
        "x-nextjs-data: 1\r\nx-matched-path: /admin/open\r\n",
        "x-invoke-path: /admin/open\r\nx-invoke-status: 200\r\n",
        "Next-Action: 00\r\n",
    ] {
        is_guarded("/admin", lines).await;
    }
}

#[tokio::test]
async fn cve_2025_66202_security_1_5_9_no_second_spelling_of_a_path_is_unguarded() {
    for target in [
        "//admin",
        "///admin",
        "/./admin",
        "/x/../admin",
        "/admin/.",
        "/admin/",
        "/admin//",
        "/admin/./",
        "/admin/open/..",
        "/admin/open/../",
        "/admin/open/../../admin",
        "/admin/open/%2e%2e",
        "/admin/open/.%2e/",
        "/%2e/admin",
        "/%61dmin",
        "/%61%64%6d%69%6e",
        "/%2561dmin",
        "/%252561dmin",
        "/admin%2f",
        "/admin%2Fopen/..",
        "/admin%00",
        "/admin%0a",
        "/admin%20",
        "/admin.",
        "/admin;x",
        "/admin;/open",
        "/admin..;/",
        "/ADMIN",
        "/Admin",
        "/aDmin/",
        "/%c0%afadmin",
        "/%ef%bc%8fadmin",
        "/%EF%BD%81dmin",
        "/\\admin",
        "/%5cadmin",
        "/x/..%5cadmin",
        "/x/..%2fadmin",
        "/admin?",
        "/admin?/open",
        "/admin%3F/open",
        "/admin%23/open",
        "/admin/open%2f..",
    ] {
        is_guarded(target, "").await;
    }
    for target in ["http://localhost/admin", "http://localhost//admin", "HTTP://LOCALHOST/%61dmin"]
    {
        is_guarded(target, "").await;
    }
}

#[tokio::test]
async fn cve_2026_44574_no_query_is_a_param_of_the_path() {
    let (server, _) = server().await;
    for query in ["nxtPid=2", "id=2", "nxtIid=2", "%6extPid=2", "id=2&id=3"] {
        let answer = server.get(&format!("/items/1?{query}")).await;
        assert!(answer.text().starts_with("1 "), "{query}: {answer:?}");
    }
}

#[tokio::test]
async fn cve_2026_44572_cve_2024_46982_no_header_changes_the_answer_of_a_proxy() {
    let (server, _) = server().await;
    for path in ["/echo?do=redirect", "/echo?do=respond", "/admin", "/missing"] {
        let plain = server.get(path).await.without_noise();
        for (name, value) in [
            ("x-nextjs-data", "1"),
            ("x-now-route-matches", "1"),
            ("x-middleware-prefetch", "1"),
            ("purpose", "prefetch"),
            ("rsc", "1"),
            ("next-resume", "1"),
            ("x-forwarded-host", "evil.example"),
            ("x-http-method-override", "DELETE"),
        ] {
            let answer = server.send(call(&format!("GET {path}")).header(name, value)).await;
            assert_eq!(answer.without_noise(), plain, "{path} {name}");
        }
    }
}

#[tokio::test]
async fn cve_2025_61925_a_host_is_no_part_of_the_path_that_is_matched() {
    for lines in [
        "X-Forwarded-Proto: https://localhost/?\r\n",
        "X-Forwarded-Host: localhost/admin/open?\r\n",
        "X-Forwarded-Prefix: /x\r\n",
        "X-Original-URL: /admin/open\r\nX-Rewrite-URL: /admin/open\r\n",
        "X-Original-Host: evil.example\r\n",
    ] {
        is_guarded("/admin", lines).await;
    }
}

#[tokio::test]
async fn cve_2020_15242_cve_2021_37699_a_redirect_of_a_path_stays_on_this_site() {
    let (server, _) = server().await;
    for path in [
        "//evil.example/",
        "//evil.example/..",
        "///evil.example",
        "/x/..//evil.example",
        "/./\\/evil.example",
        "/%2f%2fevil.example",
        "/%5cevil.example",
        "/%2e%2e//evil.example",
    ] {
        let answer = server.get(path).await;
        let location = answer.header("location").unwrap_or("/");
        assert!(
            location.starts_with('/')
                && !location.starts_with("//")
                && !location.starts_with("/\\"),
            "{path}: {location}"
        );
    }
}

#[tokio::test]
async fn cve_2022_36046_a_proxy_that_fails_takes_nothing_with_it() {
    let (server, app) = server().await;
    for _ in 0..3 {
        server.get("/echo?do=panic").await.opaque();
        server.get("/echo?do=error").await.opaque();
    }
    assert_eq!(server.get("/echo").await.status, 200);
    assert_eq!(app.handled.load(Ordering::SeqCst), 1);
}
