//! `matcher` and `exclude`: sections 3 and 5 of the specification, and the proxy of a library.

use handler_library::GateConfig;

use crate::{
    apps::gated,
    support::{Call, Server, call},
};

async fn server() -> Server {
    let config = GateConfig { login: "/login".to_owned(), cookie: "session".to_owned() };
    Server::start(gated::app::router(config)).await
}

/// True when the proxy has sent the request away.
async fn runs(server: &Server, call: impl Into<Call>) -> bool {
    let answer = server.send(call).await;
    match answer.header("location") {
        Some(location) => {
            assert_eq!((answer.status, location), (307, "/login"));
            true
        }
        None => false,
    }
}

#[tokio::test]
async fn rh_409_a_proxy_of_a_library_decides_and_counts_on() {
    let server = server().await;
    assert!(runs(&server, "GET /area/a/b").await);
    for visit in ["1", "2"] {
        let answer = server.send(call("GET /area/a/b").header("cookie", "session=x")).await;
        answer.is(200, &format!("a/b {visit}"));
        assert_eq!(answer.header("set-cookie"), Some(&*format!("visits={visit}; Path=/")));
    }
    // The body went by a proxy that never saw it.
    let sent = call("POST /area/a").header("cookie", "session=x").body(&"x".repeat(70_000));
    server.send(sent).await.is(200, "70000");
}

#[tokio::test]
async fn mt_07_constants_and_concatenations_are_patterns() {
    let server = server().await;
    for (path, expected) in [
        ("/area/a", true),
        ("/area", true),
        ("/v1", true),
        ("/v1/x/y", true),
        ("/v10", false),
        ("/AREA/a", false),
        ("/area/open", false),
        ("/area/open/more", true),
        ("/nowhere", false),
    ] {
        assert_eq!(runs(&server, &*format!("GET {path}")).await, expected, "{path}");
    }
}

#[tokio::test]
async fn hm_01_hm_07_mt_20_an_entry_runs_when_its_conditions_hold() {
    let server = server().await;
    for (line, header, expected) in [
        ("GET /by/header", None, false),
        ("GET /by/header", Some(("x-debug", "1")), true),
        ("GET /by/header", Some(("X-DEBUG", "anything")), true),
        // HM-03: there and empty is not enough.
        ("GET /by/header", Some(("x-debug", "")), false),
        // HM-04: the whole value, in its case.
        ("GET /by/value", Some(("x-version", "v2")), true),
        ("GET /by/value", Some(("x-version", "v1")), false),
        ("GET /by/value", Some(("x-version", "v22")), false),
        ("GET /by/value", Some(("x-version", "V2")), false),
        ("GET /by/cookie", None, true),
        ("GET /by/cookie", Some(("cookie", "beta=on")), false),
        ("GET /by/cookie", Some(("cookie", "beta=off")), true),
        // HM-06: the last of two, as a handler reads it.
        ("GET /by/cookie", Some(("cookie", "beta=off; beta=on")), false),
        ("GET /by/cookie", Some(("cookie", "beta=on; beta=off")), true),
        ("GET /by/query?preview&id=7", None, true),
        ("GET /by/query?preview=&id=7", None, true),
        ("GET /by/query?id=7", None, false),
        ("GET /by/query?preview=1&id=seven", None, false),
        // HM-05: the last of two.
        ("GET /by/query?preview&id=x&id=7", None, true),
        ("GET /by/query?preview&id=7&id=x", None, false),
        ("GET /by/query?%70review&id=%37", None, true),
        ("GET /by/host", None, false),
    ] {
        let mut sent = call(line);
        if let Some((name, value)) = header {
            sent = sent.header(name, value);
        }
        assert_eq!(runs(&server, sent).await, expected, "{line} {header:?}");
    }
}

#[tokio::test]
async fn hm_02_the_host_is_compared_without_port_in_lower_case() {
    let server = server().await;
    for (host, expected) in [
        ("shop.example", 307),
        ("SHOP.Example:8080", 307),
        ("shop.example.evil", 200),
        ("example", 200),
        ("[::1]:80", 200),
    ] {
        let request = format!("GET /by/host HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let answer = crate::support::raw(server.addr, request).await;
        assert_eq!(answer.status, expected, "{host}");
    }
}
