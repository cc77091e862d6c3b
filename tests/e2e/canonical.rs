//! Section 1.5 of the spec: one URL for one thing, before any route is asked.

use serde_json::json;

use crate::{
    apps::catalog::{self, Catalog},
    support::{Server, call, raw},
};

async fn server() -> Server {
    Server::start(catalog::app::router(Catalog::default())).await
}

/// Checks where each of these request targets is sent to, by every method.
async fn redirects(cases: &[(&str, &str)]) {
    let server = server().await;
    for (sent, location) in cases {
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"] {
            let answer = server.send(call(&format!("{method} {sent}"))).await;
            assert_eq!(
                (answer.status, answer.header("location")),
                (308, Some(*location)),
                "{method} {sent}"
            );
            assert!(!location.starts_with("//") && !location.starts_with("/\\"));
        }
    }
}

#[tokio::test]
async fn rh_037_rh_040_bp_14_a_trailing_slash_is_ignored_by_default() {
    let server = server().await;
    for (path, text) in [
        ("/about", "about, in two groups"),
        ("/shop/cart", "cart"),
        ("/items/7", "item 7"),
        ("/kinds/book", "type book"),
        ("/rss.xml", "<rss/>"),
        ("/.well-known/security.txt", "Contact: mailto:security@example.com"),
        ("/axum/matched/7", "/axum/matched/{id}"),
        ("/axum/none", "{}"),
        ("/%E6%97%A5%E6%9C%AC", "nihon"),
    ] {
        for form in [path.to_owned(), format!("{path}/"), format!("{path}/?a=1")] {
            let answer = server.get(&form).await;
            answer.is(200, text);
            assert_eq!(answer.header("location"), None, "{form}");
        }
    }
    server.send(call("POST /state/")).await.is(200, "1");
    assert_eq!(server.send("OPTIONS /about/").await.header("allow"), Some("GET, HEAD, OPTIONS"));
    server.send("POST /about/").await.problem(405);
}

#[tokio::test]
async fn rh_040_the_handler_sees_the_form_that_was_sent() {
    let server = server().await;
    for path in ["/echo/a", "/echo/a/", "/echo/?a=1&b=c%20d", "/echo?", "/echo/a/?x=//y/../z"] {
        assert_eq!(server.get(path).await.json()["uri"], path);
    }
}

#[tokio::test]
async fn rh_041_duplicate_slashes_are_308_to_the_collapsed_path() {
    redirects(&[
        ("/echo//a", "/echo/a"),
        ("/echo///a//b", "/echo/a/b"),
        ("/echo//a?x=1&y=c%20d", "/echo/a?x=1&y=c%20d"),
        ("/echo//a?", "/echo/a?"),
        ("//echo", "/echo"),
        ("//", "/"),
        ("///?q=//x", "/?q=//x"),
        ("/nowhere//x", "/nowhere/x"),
        ("/echo//%2F", "/echo/%2F"),
        ("/echo//%E0%A4", "/echo/%E0%A4"),
    ])
    .await;
}

#[tokio::test]
async fn rh_041_the_redirect_stays_on_this_origin() {
    redirects(&[
        ("//evil.com/x", "/evil.com/x"),
        ("///evil.com", "/evil.com"),
        ("////evil.com//x", "/evil.com/x"),
        ("//evil.com/..//x", "/x"),
        ("/..//evil.com/x", "/evil.com/x"),
        ("/.//evil.com", "/evil.com"),
        ("/%2e%2e//evil.com", "/evil.com"),
        ("//user@evil.com:80/x", "/user@evil.com:80/x"),
        ("//%5Cevil.com", "/%5Cevil.com"),
        ("//%2Fevil.com", "/%2Fevil.com"),
    ])
    .await;
}

#[tokio::test]
async fn rh_041_a_trailing_slash_is_kept_where_both_forms_are_served() {
    redirects(&[("/echo//a/", "/echo/a/"), ("//evil.com/", "/evil.com/")]).await;
}

#[tokio::test]
async fn rh_041_the_absolute_form_is_no_way_out() {
    let server = server().await;
    let request = |target: &str| {
        format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    };
    raw(server.addr, request("http://localhost/about")).await.is(200, "about, in two groups");
    raw(server.addr, request("http://localhost/axum/matched/7/"))
        .await
        .is(200, "/axum/matched/{id}");
    let answer = raw(server.addr, request("http://evil.com//other.com/x?q=1")).await;
    assert_eq!((answer.status, answer.header("location")), (308, Some("/other.com/x?q=1")));
}

#[tokio::test]
async fn rh_041_the_redirect_comes_before_the_handler() {
    let catalog = Catalog::default();
    let server = Server::start(catalog::app::router(catalog.clone())).await;
    assert_eq!(server.send("POST //state").await.status, 308);
    assert_eq!(catalog.visits.count(), 0);
}

#[tokio::test]
async fn rh_041_a_backslash_is_400_and_goes_nowhere() {
    let server = server().await;
    for path in
        ["/\\evil.com", "/echo\\a", "/\\\\evil.com", "//\\evil.com", "/echo/a\\..\\b", "/\\"]
    {
        for method in ["GET", "POST"] {
            let answer = server.send(call(&format!("{method} {path}"))).await;
            answer.problem(400);
            assert_eq!(answer.header("location"), None);
        }
    }
    // Behind the question mark it is nobody's business.
    server.get("/items/7?x=\\").await.is(200, "item 7");
}

#[tokio::test]
async fn rh_042_dot_segments_are_308_to_the_resolved_path() {
    redirects(&[
        ("/echo/..", "/"),
        ("/echo/../about", "/about"),
        ("/echo/%2e%2e/about", "/about"),
        ("/echo/%2E%2e/about?x=1", "/about?x=1"),
        ("/echo/.%2E/about", "/about"),
        ("/echo/./a", "/echo/a"),
        ("/echo/%2e/a", "/echo/a"),
        ("/./about", "/about"),
        ("/../../about", "/about"),
        ("/items/x/../7", "/items/7"),
        ("/nowhere/../about", "/about"),
    ])
    .await;
}

#[tokio::test]
async fn rh_042_no_dot_segment_reaches_a_handler() {
    let server = server().await;
    for path in [
        "/files/..",
        "/files/a/../b",
        "/files/%2e%2e/x",
        "/files/a/%2E%2E",
        "/echo/.",
        "/axum/rest/../x",
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 308, "{path}");
    }
    // What only looks like one does.
    for (path, expected) in [
        ("/files/..a", json!(["..a"])),
        ("/files/%2e%2ea", json!(["..a"])),
        ("/files/...", json!(["..."])),
    ] {
        assert_eq!(server.get(path).await.json(), expected, "{path}");
    }
}

#[tokio::test]
async fn rh_042_a_redirect_leads_to_an_answer() {
    let server = server().await;
    for sent in ["//about", "/echo/../about", "/items/..//about", "/%2e/about"] {
        let mut path = sent.to_owned();
        for _ in 0..2 {
            let answer = server.get(&path).await;
            if answer.status != 308 {
                break;
            }
            path = answer.header("location").expect("a 308 has a location").to_owned();
        }
        assert_eq!(path, "/about", "{sent}");
        server.get(&path).await.is(200, "about, in two groups");
    }
}

#[tokio::test]
async fn rh_043_no_query_name_is_reserved() {
    let server = server().await;
    let path = "/echo/a?nxtPid=1&nxtIx=2&_rsc=3&__next=4";
    assert_eq!(server.get(path).await.json()["uri"], path);
}

#[tokio::test]
async fn the_asterisk_form_does_no_harm() {
    let server = server().await;
    let answer =
        raw(server.addr, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .await;
    assert!(answer.status < 500, "{answer:?}");
    server.get("/about").await.is(200, "about, in two groups");
}
