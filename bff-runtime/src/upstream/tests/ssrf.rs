//! Nothing in a request chooses where a connection goes.

use super::harness::{EMPTY, Gateway, Origin, request};
use crate::upstream::{Upstream, forward};

/// The canary listens; every target here that is taken for a destination leads to it.
async fn canary() -> Origin {
    Origin::answering(EMPTY).await
}

#[tokio::test]
async fn cve_2026_44578_an_absolute_target_is_no_destination_with_an_upgrade_or_without() {
    let canary = canary().await;
    let mut origin = Origin::answering(EMPTY).await;
    let gateway = Gateway::to(origin.upstream()).await;
    let to = canary.address;
    for target in [format!("http://{to}/x"), format!("http://{to}"), format!("http://user@{to}/x")]
    {
        for upgrade in [
            "",
            "upgrade: websocket\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-version: 13\r\n",
        ] {
            let connection = if upgrade.is_empty() { "close" } else { "upgrade, close" };
            gateway
                .exchange(format!(
                    "GET {target} HTTP/1.1\r\nhost: {to}\r\nconnection: {connection}\r\n{upgrade}\r\n"
                ))
                .await;
        }
    }
    assert_eq!(canary.connections(), 0);
    for request in origin.others() {
        assert_ne!(request.lines("host"), [to.to_string()]);
        assert!(request.line.starts_with("GET /"), "{}", request.line);
    }
}

#[tokio::test]
async fn cve_2024_34351_cve_2026_64649_no_host_is_a_destination() {
    let canary = canary().await;
    let mut origin = Origin::answering(EMPTY).await;
    let gateway = Gateway::to(origin.upstream()).await;
    let to = canary.address;
    let host = origin.address.to_string();
    for name in [
        "host",
        "x-forwarded-host",
        "forwarded",
        "x-original-url",
        "x-rewrite-url",
        "origin",
        "referer",
        "location",
    ] {
        for value in [
            to.to_string(),
            format!("http://{to}/"),
            format!("host={to}"),
            format!("a@{to}"),
            format!("{to}#"),
        ] {
            let first = if name == "host" { "" } else { "host: a\r\n" };
            gateway
                .exchange(format!(
                    "GET / HTTP/1.1\r\n{first}{name}: {value}\r\nconnection: close\r\n\r\n"
                ))
                .await;
        }
    }
    assert_eq!(canary.connections(), 0);
    let requests = origin.others();
    assert!(!requests.is_empty());
    for request in requests {
        assert_eq!(request.lines("host"), [&*host]);
    }
}

#[tokio::test]
async fn cve_2025_57822_headers_of_a_client_are_no_routing() {
    let canary = canary().await;
    let origin = Origin::answering(EMPTY).await;
    let upstream = origin.upstream();
    let location = format!("http://{}/", canary.address);
    let headers =
        [("location", &*location), ("x-middleware-rewrite", &*location), ("refresh", &*location)];
    let response = forward(request("GET /", &headers, ""), &upstream).await.unwrap();
    assert_eq!(response.headers().len(), 1, "{:?}", response.headers());
    assert_eq!(canary.connections(), 0);
}

#[tokio::test]
async fn cve_2026_64645_nothing_in_a_path_is_a_host() {
    let canary = canary().await;
    let mut origin = Origin::answering(EMPTY).await;
    let upstream = origin.upstream();
    let to = canary.address;
    for path in [
        format!("@{to}/"),
        format!("//{to}/"),
        format!("/{to}%2f"),
        format!(".{to}/"),
        format!(":80@{to}/"),
        format!("http://{to}/"),
        format!("/%2f{to}"),
        format!("/\t//{to}"),
    ] {
        let _ = forward(request("GET /", &[], ""), &upstream).path(&*path).await;
        let _ = upstream.get(path).send().await;
    }
    for path in [format!("/x\\@{to}/"), format!("/x#@{to}/"), format!("/x?@{to}/")] {
        assert_eq!(upstream.get(path).send().await.unwrap_err().status(), 400);
    }
    assert_eq!(canary.connections(), 0);
    for request in origin.others() {
        assert!(request.line.starts_with("GET /"), "{}", request.line);
    }
}

#[tokio::test]
async fn security_1_5_28_rh_396_redirects_of_an_upstream_are_not_followed() {
    let canary = canary().await;
    for status in [301, 302, 303, 307, 308] {
        let origin = Origin::answering(format!(
            "HTTP/1.1 {status} x\r\nlocation: http://{}/\r\ncontent-length: 0\r\n\r\n",
            canary.address
        ))
        .await;
        let upstream = origin.upstream();
        let response = forward(request("GET /", &[], ""), &upstream).await.unwrap();
        assert_eq!(response.status(), status);
        let reply = upstream.get("/").send().await.unwrap();
        assert_eq!(reply.status(), status);
        let error = reply.success().unwrap_err();
        assert_eq!(
            (error.status().as_u16(), error.upstream_status().unwrap().as_u16()),
            (502, status)
        );
    }
    assert_eq!(canary.connections(), 0);
}

#[tokio::test]
async fn a_handler_cannot_make_a_destination() {
    static TABLE: [fn() -> bool; 2] = [
        || Upstream::at_start("http://127.0.0.1:1").is_err(),
        || Upstream::at_start(String::from("http://127.0.0.1:1/x")).is_err(),
    ];
    for make in TABLE {
        assert!(!make());
        assert!(crate::scope::enter(&mut None, make));
    }
}

#[tokio::test]
async fn a_missing_or_wrong_declaration_is_named() {
    static MISSING: Upstream = Upstream::from_env("BFF_TEST_UPSTREAM_THAT_NOBODY_SETS");
    let named = "environment variable `BFF_TEST_UPSTREAM_THAT_NOBODY_SETS` is not set";
    assert_eq!(MISSING.check().unwrap_err().to_string(), named);
    let error = forward(request("GET /", &[], ""), &MISSING).await.unwrap_err();
    assert_eq!((error.status().as_u16(), format!("{error:?}")), (500, named.to_owned()));
    static WRONG: Upstream = Upstream::new("http://user:secret@catalog/");
    let error = WRONG.check().unwrap_err().to_string();
    assert_eq!(error, "the URL of an upstream has user information; send it as a header");
    assert!(!format!("{WRONG:?}").contains("secret"));
}
