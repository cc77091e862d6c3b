//! Every published way past a middleware, against `proxy.rs`: named by its advisory.
//!
//! In the fixture the proxy denies `/admin` and all below it but `/admin/open`, and the handlers there say `secret`.

use std::sync::atomic::Ordering;

use crate::{
    apps::{
        based,
        proxied::{self, Proxying},
        rules, site,
    },
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
async fn cve_2025_29927_px_41_px_90_px_91_px_95_no_header_of_a_client_steers_the_proxy() {
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
async fn cve_2025_66202_cve_2026_2293_security_1_5_9_no_second_spelling_of_a_path_is_unguarded() {
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
async fn cve_2026_44574_px_25_no_query_is_a_param_of_the_path() {
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

#[tokio::test]
async fn rustsec_2017_0002_rustsec_2024_0008_security_1_5_19_no_text_breaks_out_of_its_line() {
    let texts = ["a\r\nx-evil: 1", "a\nx-evil: 1", "a\rx-evil: 1", "a\0b", "\r\n\r\nevil body"];
    for wish in [
        "header-value",
        "header-name",
        "header-appended",
        "header-overridden",
        "request-header",
        "cookie-value",
        "cookie-name",
        "redirect-to",
        "rewrite-to",
    ] {
        let (server, _) = server().await;
        for text in texts.iter().flat_map(|text| [(*text).to_owned(), format!("/{text}")]) {
            let to: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let answer = server.get(&format!("/echo?do={wish}&to={to}")).await;
            assert_eq!(answer.header("x-evil"), None, "{wish} {text:?}");
            assert!(!answer.body.starts_with(b"evil"), "{wish} {text:?}: {answer:?}");
            let whole = format!("{:?}", answer.headers);
            assert!(!whole.contains("\\0") && !whole.contains("\\r"), "{wish}: {whole}");
            if answer.status == 200 {
                assert_eq!(wish, "cookie-value", "{text:?} was taken: {answer:?}");
                assert_eq!(answer.json()["headers"].get("x-evil"), None, "{text:?}");
            }
        }
    }
}

#[tokio::test]
async fn cve_2021_43803_cve_2022_21721_cve_2024_39693_px_87_no_escape_is_a_panic() {
    let pieces = [
        "%",
        "%%",
        "%f",
        "%ff",
        "%zz",
        "%00",
        "%c0%af",
        "%ed%a0%80",
        "%e2%82",
        "%2",
        "%u0041",
        "%25",
        "%2f",
        "%5c",
        "%2e",
        "..",
        ".",
        ";",
        "en",
        "fr-FR",
        "[id]",
        "{x}",
        ":x",
        "(.*)",
        "*",
        "+",
        "~",
    ];
    let routers = [
        proxied::app::router(Proxying::default()),
        rules::app::router(),
        based::app::router(),
        site::app::router(),
    ];
    let starts = ["", "/echo", "/items", "/admin", "/old-t", "/blog", "/docs/items", "/dyn", "/en"];
    for (at, router) in routers.iter().enumerate() {
        let client = bff::testing::client(router.clone());
        for start in starts {
            for first in pieces {
                for second in pieces {
                    let path = format!("{start}/{first}/{second}?{first}={second}");
                    let Ok(uri) = path.parse::<bff::http::Uri>() else { continue };
                    let status = client.get(&uri.to_string()).await.status().as_u16();
                    assert!(status < 500, "{at} {path}: {status}");
                }
            }
        }
    }
    // And over a socket, where each is a connection of its own.
    let (server, _) = server().await;
    for piece in pieces {
        for path in [format!("/items/{piece}"), format!("/en/{piece}%"), format!("/{piece}/x")] {
            let answer = server.get(&path).await;
            assert!(answer.status < 500, "{path}: {answer:?}");
        }
    }
    assert_eq!(server.get("/echo").await.status, 200);
}

#[tokio::test]
async fn cve_2018_18282_an_error_repeats_no_markup() {
    let (server, _) = server().await;
    for path in [
        "/<script>alert(1)</script>",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
        "/missing?<script>=<script>",
        "/items/%3Cscript%3E%ff",
        "/echo?do=header-name&to=%3Cscript%3E%0a",
    ] {
        for accept in ["text/html", "*/*", "application/json"] {
            let answer = server.send(call(&format!("GET {path}")).header("accept", accept)).await;
            assert!(answer.status >= 400, "{path}");
            assert!(!answer.text().contains("<script"), "{path} {accept}: {answer:?}");
            let kind = answer.header("content-type").unwrap_or_default();
            assert!(!kind.contains("html"), "{path} {accept}: {kind}");
        }
    }
}
