//! One request in is one request out, with one statement about its length.

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use http::Method;
use http_body::Frame;
use http_body_util::StreamBody;

use super::{
    harness::{EMPTY, Gateway, Origin, request},
    requests::sent,
};
use crate::upstream::forward;

#[tokio::test]
async fn cve_2026_29057_rustsec_2020_0008_a_body_keeps_one_framing_whatever_the_method() {
    for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "FOO"] {
        let mut origin = Origin::answering(EMPTY).await;
        let upstream = origin.upstream();
        let frames = ["hello, ", "GET /x HTTP/1.1\r\n\r\n"]
            .map(|data| Ok::<_, std::io::Error>(Frame::data(Bytes::from(data))));
        let body = Body::new(StreamBody::new(stream::iter(frames)));
        // A length that does not belong to this body.
        let headers = [("content-length", "0"), ("transfer-encoding", "chunked")];
        let request = request(&format!("{method} /"), &headers, body);
        forward(request, &upstream).await.unwrap();
        let request = origin.request().await;
        assert_eq!(request.lines("transfer-encoding"), ["chunked"], "{method}");
        assert_eq!(request.lines("content-length"), [""; 0], "{method}");
        assert_eq!(request.text(), "7\r\nhello, \r\n13\r\nGET /x HTTP/1.1\r\n\r\n\r\n0\r\n\r\n");
        assert_eq!(origin.others(), []);
    }
}

#[tokio::test]
async fn a_length_that_is_not_the_bodys_is_not_passed_on() {
    for (line, said, body, expected) in [
        ("POST /", "5", "hello", &["5"][..]),
        ("POST /", "50", "hello", &["5"]),
        ("POST /", "5", "", &["0"]),
        ("GET /", "5", "", &["0"]),
        ("GET /", "", "", &[]),
        ("POST /", "", "", &["0"]),
    ] {
        let headers = [("content-length", said)];
        let headers = if said.is_empty() { &[][..] } else { &headers };
        let request = sent(line, headers, body, |it| it).await;
        assert_eq!(request.lines("content-length"), expected, "{line} {said} {body}");
        assert_eq!(request.lines("transfer-encoding"), [""; 0]);
        assert_eq!(request.text(), body);
    }
}

#[tokio::test]
async fn trailers_of_a_request_are_passed_on() {
    let mut origin = Origin::answering(EMPTY).await;
    let gateway = Gateway::to(origin.upstream()).await;
    let answer = gateway
        .exchange(
            "POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\
             te: trailers\r\n\r\n3\r\nabc\r\n0\r\nx-sum: 1\r\n\r\n",
        )
        .await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let request = origin.request().await;
    assert_eq!(request.text(), "3\r\nabc\r\n0\r\nx-sum: 1\r\n\r\n");
    assert_eq!(request.lines("te"), ["trailers"]);
}

#[test]
fn only_idempotent_methods_are_sent_again() {
    for (method, expected) in [
        (Method::GET, true),
        (Method::HEAD, true),
        (Method::PUT, true),
        (Method::DELETE, true),
        (Method::OPTIONS, true),
        (Method::POST, false),
        (Method::PATCH, false),
        (Method::from_bytes(b"ARCHIVE").unwrap(), false),
    ] {
        assert_eq!(method.is_idempotent(), expected);
    }
}

#[tokio::test]
async fn a_request_that_was_sent_is_never_sent_again() {
    for method in ["GET", "PUT", "POST"] {
        // The first answer keeps the connection; the second request of it is read and not answered.
        let mut origin = Origin::talking(|mut socket, seen| async move {
            for answers in [true, false] {
                let Some(request) = socket.request().await else { return };
                seen.send(request).unwrap();
                if answers {
                    socket.send(EMPTY).await;
                }
            }
        })
        .await;
        let upstream = origin.upstream();
        let line = format!("{method} /");
        forward(request(&line, &[], ""), &upstream).await.unwrap();
        let mut statuses = Vec::new();
        while statuses.last() != Some(&502) {
            let outcome = forward(request(&line, &[], ""), &upstream).await;
            statuses.push(outcome.map_or_else(|error| error.status(), |it| it.status()).as_u16());
        }
        // Each request was seen once, those that failed as well.
        assert_eq!(origin.request().await.line, format!("{method} / HTTP/1.1"));
        assert_eq!(origin.others().len(), statuses.len(), "{statuses:?}");
    }
}
