//! Rewrites of `bff.toml` to another server: the vectors of annex 5.2 of the specification that leave the app.

use tokio::time::Instant;
use tower::ServiceExt as _;

use super::harness::{EMPTY, Gateway, Origin, Peer, request, text, within};
use crate::pipeline::tests::app;

/// A `bff.toml` with these rewrites, `table source > path below the upstream`.
fn rewrites(origin: &Origin, lines: &[&str]) -> String {
    let rules = lines.iter().map(|line| {
        let (table, rest) = line.split_once(' ').unwrap();
        let (source, path) = rest.split_once(" > ").unwrap();
        let to = format!("http://{}{path}", origin.address);
        format!("[[rewrites.{table}]]\nsource = \"{source}\"\ndestination = \"{to}\"\n")
    });
    rules.collect()
}

const HELLO: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-up: up\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n\r\nok";

#[tokio::test]
async fn rw_30_rw_33_dc_05_the_upstream_sees_path_query_and_who_asked() {
    let mut origin = Origin::answering(EMPTY).await;
    let toml = rewrites(
        &origin,
        &[
            "before /ext-rw > /base/ext?from=cfg",
            "after /ext-rw/:p* > /base/:p*",
            "fallback /all/:p* > /",
            "fallback /other > /other",
        ],
    );
    let gateway = Gateway::of(app(&toml)).await;
    for (path, expected) in [
        ("/ext-rw?me=1", "/base/ext?me=1&from=cfg"),
        ("/ext-rw/a/b?c=d", "/base/a/b?c=d"),
        ("/ext-rw/a%2Fb/c%20d", "/base/a%2Fb/c%20d"),
        ("/ext-rw/a?x=%20a&y=b+c&z=%2F", "/base/a?x=%20a&y=b+c&z=%2F"),
        ("/ext-rw/", "/base/ext?from=cfg"),
        ("/all/a/b", "/?p=a&p=b"),
        ("/other", "/other"),
    ] {
        gateway
            .exchange(format!(
                "GET {path} HTTP/1.1\r\nhost: shop.example\r\ncookie: c=1\r\nconnection: close\r\nx-forwarded-for: 6.6.6.6\r\n\r\n"
            ))
            .await;
        let seen = origin.request().await;
        assert_eq!(seen.line, format!("GET {expected} HTTP/1.1"));
        assert_eq!(seen.lines("host"), [origin.address.to_string()]);
        assert_eq!(seen.lines("x-forwarded-host"), ["shop.example"]);
        assert_eq!(seen.lines("x-forwarded-for"), ["127.0.0.1"]);
        assert_eq!(seen.lines("cookie"), ["c=1"]);
    }
    let answer = gateway.exchange("GET /nowhere HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    assert!(answer.await.starts_with("HTTP/1.1 404 "));
}

#[tokio::test]
async fn rw_31_rw_32_the_answer_is_relayed_with_the_headers_of_the_file() {
    let mut origin = Origin::answering(HELLO).await;
    let headers = "[[headers]]\nsource = \"/:p*\"\n\
        headers = { \"x-cfg\" = \"cfg\", \"x-up\" = \"cfg\", \"set-cookie\" = \"c=3\" }\n";
    let toml = format!("{headers}{}", rewrites(&origin, &["before /x > /x"]));
    let response = app(&toml).oneshot(request("POST /x", &[], "body")).await.unwrap();
    let value = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((value("x-cfg"), value("x-up")), ("cfg".to_owned(), "up".to_owned()));
    let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1", "b=2", "c=3"]);
    assert_eq!(text(response).await, "ok");
    let seen = origin.request().await;
    assert!(seen.text().contains("body"), "{seen:?}");
    assert!(seen.lines("x-cfg").is_empty(), "{seen:?}");
}

#[tokio::test]
async fn rw_31_a_redirect_of_the_upstream_is_relayed_unchanged() {
    let moved = "HTTP/1.1 302 Found\r\nlocation: http://old.example/x\r\ncontent-length: 0\r\n\r\n";
    let origin = Origin::answering(moved).await;
    let app = app(&rewrites(&origin, &["after /x > /x"]));
    let response = app.oneshot(request("GET /x", &[], "")).await.unwrap();
    assert_eq!(response.status(), 302);
    assert_eq!(response.headers()["location"], "http://old.example/x");
}

#[tokio::test]
async fn rw_34_px_77_a_dead_upstream_is_502_and_a_silent_one_504() {
    let dead = "[[rewrites.before]]\nsource = \"/x\"\ndestination = \"http://127.0.0.1:1/x\"\n";
    let response = app(dead).oneshot(request("GET /x", &[], "")).await.unwrap();
    assert_eq!(response.status(), 502);
    let body = text(response).await;
    assert!(!body.contains("127.0.0.1"), "{body}");

    let mut silent = Origin::talking(|mut socket: Peer, seen| async move {
        seen.send(socket.request().await.unwrap()).unwrap();
        socket.rest().await;
    })
    .await;
    let app = app(&rewrites(&silent, &["before /x > /x"]));
    let answer = tokio::spawn(app.oneshot(request("GET /x", &[], "")));
    silent.request().await;
    tokio::time::pause();
    let started = Instant::now();
    assert_eq!(within(answer).await.unwrap().unwrap().status(), 504);
    assert!((29..=30).contains(&started.elapsed().as_secs()));
}

#[tokio::test]
async fn rw_36_px_93_a_websocket_is_connected_to_the_configured_server_alone() {
    let mut origin = Origin::talking(|mut socket: Peer, seen| async move {
        seen.send(socket.head().await.unwrap()).unwrap();
        socket.send("HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n").await;
        while let Some(byte) = socket.take(1).await {
            socket.send(byte.to_ascii_uppercase()).await;
        }
    })
    .await;
    let gateway = Gateway::of(app(&rewrites(&origin, &["before /chat/:room > /ws/:room"]))).await;
    for target in ["/chat/one", "http://127.0.0.1:1/chat/one"] {
        let mut client = Peer::connect(gateway.address).await;
        client
            .send(format!(
                "GET {target} HTTP/1.1\r\nhost: 127.0.0.1:1\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
                 sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n"
            ))
            .await;
        assert_eq!(client.head().await.unwrap().status(), 101, "{target}");
        assert_eq!(origin.request().await.line, "GET /ws/one HTTP/1.1");
        client.send("hello").await;
        assert_eq!(client.take(5).await.unwrap(), b"HELLO");
    }
}

#[tokio::test]
async fn cve_2026_64645_dc_14_no_value_of_a_client_leaves_its_segment() {
    let mut origin = Origin::answering(EMPTY).await;
    let toml = format!(
        "[[rewrites.before]]\nsource = \"/t/:rest*\"\ndestination = \"http://{}/tenants/:ten/data\"\n\
         has = [{{ type = \"header\", key = \"x-tenant\", value = \"(?<ten>.+)\" }}]\n{}",
        origin.address,
        rewrites(&origin, &["before /p/:x > /tenants/:x/data", "before /all/:p* > /base/:p*"]),
    );
    let app = app(&toml);
    for (path, tenant, expected) in [
        ("/t", "acme", Some("/tenants/acme/data")),
        ("/t", "../admin", None),
        ("/t", "..", None),
        // Somebody behind the app may decode once more.
        ("/t", "%2e%2e", None),
        ("/t", "a?x=1#", Some("/tenants/a%3Fx=1%23/data")),
        ("/t", "a/b", Some("/tenants/a%2Fb/data")),
        ("/t", "evil.example@", Some("/tenants/evil.example@/data")),
        ("/p/..%2fadmin", "", None),
        ("/p/..%5cadmin", "", None),
        ("/p/%252e%252e", "", None),
        ("/p/..;x", "", None),
        ("/all/a/..%2f..%2fetc", "", None),
        ("/all/@evil.example", "", Some("/base/@evil.example")),
        ("/all/http:%2f%2fevil.example", "", Some("/base/http:%2f%2fevil.example")),
        ("/all/a%0d%0aHost:%20evil", "", Some("/base/a%0d%0aHost:%20evil")),
    ] {
        let headers: &[_] = if tenant.is_empty() { &[] } else { &[("x-tenant", tenant)] };
        let request = request(&format!("GET {path}"), headers, "");
        let status = app.clone().oneshot(request).await.unwrap().status().as_u16();
        match expected {
            Some(expected) => {
                assert_eq!(status, 200, "{path} {tenant}");
                let seen = origin.request().await;
                assert_eq!(seen.line, format!("GET {expected} HTTP/1.1"), "{path} {tenant}");
            }
            None => assert_eq!(status, 400, "{path} {tenant}"),
        }
    }
    assert_eq!(origin.others(), []);
}

#[tokio::test]
async fn cve_2024_34350_a_rewritten_request_is_one_request() {
    for framing in [
        "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n",
        "content-length: 4\r\ncontent-length: 5\r\n\r\nabcdeGET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n",
        "transfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        "content-length: 3\r\n\r\nabc",
    ] {
        let mut origin = Origin::answering(EMPTY).await;
        let gateway = Gateway::of(app(&rewrites(&origin, &["before /x > /x"]))).await;
        gateway
            .exchange(format!("POST /x HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{framing}"))
            .await;
        let seen = origin.others();
        assert!(seen.len() <= 1, "{framing:?}: {seen:?}");
        assert!(seen.iter().all(|it| it.line == "POST /x HTTP/1.1"), "{framing:?}: {seen:?}");
    }
}

#[tokio::test]
async fn rw_39_a_rewrite_to_the_own_origin_ends() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = app(&format!(
        "[[rewrites.before]]\nsource = \"/:p*\"\ndestination = \"http://{address}/:p*\"\n"
    ));
    let server = crate::serve(app).listener(listener).shutdown(std::future::pending());
    tokio::spawn(server.into_future());
    let mut client = Peer::connect(address).await;
    client.send("GET /x HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert_eq!(client.head().await.unwrap().status(), 508);
}
