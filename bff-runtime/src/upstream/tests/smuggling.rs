//! Whatever a client sends, the upstream sees one request, or none.

use super::harness::{EMPTY, Gateway, Origin};

const INNER: &str = "GET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n";

/// Sends bytes after which the client says no more, and gives the lines of the requests that the upstream saw.
async fn seen(bytes: &str) -> (Vec<String>, String) {
    let mut origin = Origin::answering(EMPTY).await;
    let gateway = Gateway::to(origin.upstream()).await;
    let answer = gateway.exchange(bytes).await;
    (origin.others().into_iter().map(|request| request.line).collect(), answer)
}

/// And RUSTSEC-2020-0031, RUSTSEC-2021-0078, RUSTSEC-2021-0081.
#[tokio::test]
async fn security_1_5_1_cve_2024_34350_rustsec_2021_0020_ambiguous_framing_is_one_request_or_none()
{
    let inner = INNER.len();
    for head in [
        format!("content-length: {inner}\r\ntransfer-encoding: chunked"),
        "transfer-encoding: chunked\r\ncontent-length: 5".to_owned(),
        "content-length: 5\r\ncontent-length: 6".to_owned(),
        "content-length: +5".to_owned(),
        "content-length: -5".to_owned(),
        "content-length: 0x5".to_owned(),
        "content-length: 5, 6".to_owned(),
        "content-length: 99999999999999999999".to_owned(),
        "transfer-encoding: chunked, chunked".to_owned(),
        "transfer-encoding: gzip, chunked".to_owned(),
        "transfer-encoding: xchunked".to_owned(),
        "transfer-encoding: \x0bchunked".to_owned(),
        "transfer-encoding: \"chunked\"".to_owned(),
        "transfer-encoding:\r\n chunked".to_owned(),
        "transfer-encoding : chunked".to_owned(),
        "transfer-encoding: identity\r\ntransfer-encoding: chunked".to_owned(),
        "x-a: b\r\n folded".to_owned(),
        "content-length\x00: 5".to_owned(),
    ] {
        for method in ["GET", "POST", "DELETE", "OPTIONS", "FOO"] {
            let (seen, answer) = seen(&format!(
                "{method} /first HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{head}\r\n\r\n0\r\n\r\n{INNER}"
            ))
            .await;
            assert!(seen.len() <= 1, "{method} {head:?}: {seen:?}");
            assert!(!seen.iter().any(|line| line.contains("smuggled")), "{method} {head:?}");
            assert!(answer.matches("HTTP/1.1 ").count() <= 1, "{method} {head:?}: {answer}");
        }
    }
}

#[tokio::test]
async fn cve_2026_29057_a_request_within_a_chunked_body_stays_in_it() {
    for method in ["GET", "POST", "DELETE", "OPTIONS", "FOO"] {
        let size = INNER.len();
        let mut origin = Origin::answering(EMPTY).await;
        let gateway = Gateway::to(origin.upstream()).await;
        let answer = gateway
            .exchange(format!(
                "{method} /first HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n\
                 {size:x}\r\n{INNER}\r\n0\r\n\r\n"
            ))
            .await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{method}: {answer}");
        let request = origin.request().await;
        assert_eq!(request.line, format!("{method} /first HTTP/1.1"));
        assert_eq!(request.lines("transfer-encoding"), ["chunked"]);
        assert!(request.lines("content-length").is_empty());
        assert_eq!(request.text(), format!("{size:x}\r\n{INNER}\r\n0\r\n\r\n"));
        assert_eq!(origin.others(), []);
    }
}

#[tokio::test]
async fn security_1_5_3_rustsec_2021_0079_a_body_with_broken_chunks_does_not_reach_its_end() {
    for chunks in [
        "5\nhello\n0\n\n",
        "5\r\nhello0\r\n\r\n",
        "g\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n",
        "\r\n",
        "11111111111111111\r\n",
    ] {
        let (seen, _) = seen(&format!(
            "POST /first HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n{chunks}{INNER}"
        ))
        .await;
        // The upstream of the tests records a request when its body is complete.
        assert_eq!(seen, [""; 0], "{chunks:?}");
    }
}

#[tokio::test]
async fn rustsec_2026_0034_a_body_without_framing_is_none() {
    let (seen, _) = seen(&format!("POST /first HTTP/1.0\r\nhost: a\r\n\r\n{INNER}")).await;
    assert_eq!(seen, ["POST /first HTTP/1.1"]);
    let (seen, _) = self::seen(&format!(
        "POST /first HTTP/1.0\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{INNER}"
    ))
    .await;
    assert!(seen.len() <= 1 && !seen.iter().any(|it| it.contains("smuggled")), "{seen:?}");
}

#[tokio::test]
async fn security_1_5_7_more_than_one_host_is_none() {
    let mut origin = Origin::answering(EMPTY).await;
    let gateway = Gateway::to(origin.upstream()).await;
    let answer =
        gateway.exchange("GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert_eq!(origin.others(), []);
}

#[tokio::test]
async fn security_1_5_4_an_expectation_is_answered_here() {
    let mut origin = Origin::answering(EMPTY).await;
    let gateway = Gateway::to(origin.upstream()).await;
    let answer = gateway
        .exchange(
            "POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\nexpect: 100-continue\r\n\
             content-length: 2\r\n\r\nok",
        )
        .await;
    assert!(answer.contains("HTTP/1.1 200 OK"), "{answer}");
    let request = origin.request().await;
    assert!(request.lines("expect").is_empty());
    assert_eq!(request.text(), "ok");
}

#[tokio::test]
async fn requests_of_one_connection_get_their_own_answers() {
    let origin = Origin::talking(|mut socket, seen| async move {
        while let Some(request) = socket.request().await {
            let path = request.line.split(' ').nth(1).unwrap().to_owned();
            seen.send(request).unwrap();
            socket
                .send(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{path}", path.len()))
                .await;
        }
    })
    .await;
    let gateway = Gateway::to(origin.upstream()).await;
    let answer = gateway
        .exchange(
            "GET /one HTTP/1.1\r\nhost: a\r\n\r\nPOST /two HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nabc\
             GET /three HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        )
        .await;
    let order: Vec<_> = ["/one", "/two", "/three"].iter().map(|path| answer.find(path)).collect();
    assert!(order.is_sorted() && order[0].is_some(), "{answer}");
}
