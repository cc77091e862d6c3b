use http::StatusCode;
use http_body_util::BodyExt;

use super::harness::{Gateway, Origin, Peer, request, text, within};
use crate::upstream::forward;

#[tokio::test]
async fn rh_046_rw_31_status_headers_and_body_are_relayed() {
    let origin = Origin::answering(
        "HTTP/1.1 302 Found\r\nlocation: http://other.internal/x\r\nset-cookie: a=1; Path=/\r\nset-cookie: b=2\r\n\
         content-length: 5\r\ncontent-encoding: br\r\nserver: theirs\r\netag: \"1\"\r\nconnection: keep-alive, x-hop\r\n\
         keep-alive: timeout=5\r\nx-hop: 1\r\nproxy-authenticate: Basic\r\n\r\nhello",
    )
    .await;
    let upstream = origin.upstream();
    let response = forward(request("GET /", &[], ""), &upstream).await.unwrap();
    assert_eq!(response.status(), StatusCode::FOUND);
    let mut headers: Vec<_> = response
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    assert_eq!(
        headers,
        [
            "content-encoding: br",
            "content-length: 5",
            "etag: \"1\"",
            "location: http://other.internal/x",
            "server: theirs",
            "set-cookie: a=1; Path=/",
            "set-cookie: b=2",
        ]
    );
    assert!(response.extensions().is_empty());
    assert_eq!(text(response).await, "hello");
    // The redirect was not followed.
    assert_eq!(origin.connections(), 1);
}

#[tokio::test]
async fn what_an_upstream_gets_wrong_is_a_502_that_says_nothing() {
    let long = format!("HTTP/1.1 200 OK\r\nx-long: {}\r\n\r\n", "x".repeat(200 * 1024));
    for answer in [
        "",
        "garbage\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-le",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nsecret",
        "HTTP/1.1 200 OK\r\ncontent-length: +5\r\n\r\nsecret",
        "HTTP/1.1 200 OK\r\nx-secret: a\0b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nx-secret : a\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\nsecret",
        "HTTP/1.1 600 Secret\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 999 Secret\r\ncontent-length: 0\r\n\r\n",
        &long,
    ] {
        let origin = Origin::closing(answer).await;
        let gateway = Gateway::to(origin.upstream()).await;
        let response =
            gateway.exchange("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        let start = &answer[..answer.len().min(60)];
        assert!(response.starts_with("HTTP/1.1 502 "), "{start:?}: {response}");
        assert!(response.contains("application/problem+json"), "{response}");
        let address = origin.address.to_string();
        for secret in ["secret", "Secret", "127.0.0.1", &address, "hyper"] {
            assert!(!response.contains(secret), "{start:?}: {response}");
        }
    }
}

#[tokio::test]
async fn security_7_a_truncated_answer_never_looks_complete() {
    for answer in [
        "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nxyz\r\n",
    ] {
        let origin = Origin::closing(answer).await;
        let gateway = Gateway::to(origin.upstream()).await;
        let response =
            gateway.exchange("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        assert!(!response.ends_with("0\r\n\r\n"), "{response}");
        if let Some((head, body)) = response.split_once("\r\n\r\n") {
            assert!(!head.contains("content-length: 5\r\n") && body.len() < 50, "{response}");
        }
    }
}

#[tokio::test]
async fn framing_of_a_response_is_stated_once() {
    for (answer, length, body) in [
        ("content-length: 5\r\ncontent-length: 5\r\n\r\nhello", Some("5"), "hello"),
        (
            "content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            None,
            "hello",
        ),
        ("\r\nhello", None, "hello"),
    ] {
        let origin = Origin::closing(format!("HTTP/1.1 200 OK\r\n{answer}")).await;
        let upstream = origin.upstream();
        let response = match forward(request("GET /", &[], ""), &upstream).await {
            Ok(response) => response,
            Err(error) => {
                assert_eq!(error.status(), 502, "{answer}");
                continue;
            }
        };
        let found: Vec<_> = response.headers().get_all("content-length").iter().collect();
        assert_eq!(found, length.as_slice(), "{answer}");
        assert!(!response.headers().contains_key("transfer-encoding"));
        assert_eq!(text(response).await, body);
    }
}

#[tokio::test]
async fn answers_without_a_body_keep_their_length() {
    for (line, answer, length) in [
        ("HEAD", "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n", "content-length: 50\r\n"),
        ("HEAD", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", ""),
        ("GET", "HTTP/1.1 304 Not Modified\r\netag: \"1\"\r\n\r\n", ""),
        ("GET", "HTTP/1.1 204 No Content\r\n\r\n", ""),
    ] {
        let origin = Origin::answering(answer).await;
        let gateway = Gateway::to(origin.upstream()).await;
        let response = gateway
            .exchange(format!("{line} / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"))
            .await;
        assert!(response.starts_with(&answer[..12]), "{response}");
        assert_eq!(response.contains("content-length"), !length.is_empty(), "{response}");
        assert!(response.contains(length) && response.ends_with("\r\n\r\n"), "{response}");
    }
}

#[tokio::test]
async fn informational_answers_are_not_taken_for_the_answer() {
    let origin = Origin::answering(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n\
         HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok",
    )
    .await;
    let upstream = origin.upstream();
    let response = forward(request("POST /", &[], "x"), &upstream).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert!(!response.headers().contains_key("link"));
    assert_eq!(text(response).await, "ok");
}

#[tokio::test]
async fn trailers_of_a_response_are_relayed() {
    let origin = Origin::answering(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n2\r\nok\r\n0\r\nx-sum: 1\r\n\r\n",
    )
    .await;
    let gateway = Gateway::to(origin.upstream()).await;
    let response = gateway
        .exchange("GET / HTTP/1.1\r\nhost: a\r\nconnection: close, te\r\nte: trailers\r\n\r\n")
        .await;
    assert!(response.contains("trailer: x-sum\r\n"), "{response}");
    assert!(response.ends_with("2\r\nok\r\n0\r\nx-sum: 1\r\n\r\n"), "{response}");
}

#[tokio::test]
async fn a_body_is_relayed_as_it_arrives() {
    let (more, wait) = tokio::sync::oneshot::channel::<()>();
    let wait = std::sync::Arc::new(tokio::sync::Mutex::new(Some(wait)));
    let origin = Origin::talking(move |mut socket: Peer, _| {
        let wait = std::sync::Arc::clone(&wait);
        async move {
            socket.request().await;
            socket.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfirst").await;
            let wait = wait.lock().await.take();
            within(wait.unwrap()).await.unwrap();
            socket.send("later").await;
        }
    })
    .await;
    let upstream = origin.upstream();
    let response = forward(request("GET /", &[], ""), &upstream).await.unwrap();
    let mut body = response.into_body();
    let first = within(body.frame()).await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(first, "first");
    more.send(()).unwrap();
    assert_eq!(within(body.collect()).await.unwrap().to_bytes(), "later");
}
