use std::convert::Infallible;

use axum::response::IntoResponse;
use futures_util::stream::iter;
use http::Method;
use http_body_util::BodyExt;
use tower::{Service, service_fn};

use super::*;
use crate::response::{Etag, Preconditions, ResponseExt, SseEvent, bytes, sse, stream, text};

fn long() -> String {
    "long ".repeat(1000)
}

/// The answer to a request with these headers, when this is what the handler makes.
async fn answer(
    headers: &[(&'static str, &'static str)],
    make: impl Fn(Request) -> Response,
) -> Response {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    for (name, value) in headers {
        request.headers_mut().append(*name, HeaderValue::from_static(value));
    }
    let service = service_fn(|request| std::future::ready(Ok::<_, Infallible>(make(request))));
    compression().layer(service).call(request).await.unwrap()
}

fn encoding(response: &Response) -> Option<&str> {
    response.headers().get("content-encoding").map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn rh_229_the_encoding_is_the_clients_choice() {
    for (accept, expected, starts) in [
        ("gzip", Some("gzip"), &[0x1f, 0x8b][..]),
        ("br", Some("br"), &[]),
        ("zstd", Some("zstd"), &[0x28, 0xb5, 0x2f, 0xfd]),
        ("gzip;q=0.5, br;q=0", Some("gzip"), &[0x1f, 0x8b]),
        ("identity", None, b"long"),
        ("deflate", None, b"long"),
        ("gzip;q=0", None, b"long"),
    ] {
        let answer = answer(&[("accept-encoding", accept)], |_| text(long())).await;
        assert_eq!(encoding(&answer), expected, "{accept}");
        assert_eq!(answer.headers()["vary"], "accept-encoding", "{accept}");
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        assert!(body.starts_with(starts), "{accept}");
        assert_eq!(body.len() < 1000, expected.is_some(), "{accept}");
    }
}

#[tokio::test]
async fn rh_228_rh_229_v44_what_is_sent_as_it_is() {
    let long = || text(long());
    for (name, make) in [
        ("small", (|| text("short")) as fn() -> Response),
        ("events", || sse(iter([SseEvent::new("a")])).into_response()),
        ("a picture", || text("x".repeat(5000)).with_content_type("image/png")),
        ("an archive", || bytes("x".repeat(5000)).with_content_type("application/zip")),
        ("a range", || bytes("x".repeat(5000)).with_status(StatusCode::PARTIAL_CONTENT)),
        ("encoded", || text("x".repeat(5000)).with_header("content-encoding", "br")),
        ("no-transform", || text("x".repeat(5000)).with_cache_control("private, No-Transform")),
        ("nothing", || StatusCode::NO_CONTENT.into_response()),
    ] {
        let before = make();
        let after = answer(&[("accept-encoding", "gzip, br, zstd")], |_| make()).await;
        assert_eq!(after.headers(), before.headers(), "{name}");
    }
    let vector =
        answer(&[("accept-encoding", "gzip")], |_| long().with_content_type("image/svg+xml")).await;
    assert_eq!(encoding(&vector), Some("gzip"));
}

#[tokio::test]
async fn rh_229_a_stream_is_compressed_and_has_no_length() {
    let chunks = || stream(iter(["a", "b"].map(|text| Ok::<_, Infallible>(text.repeat(5000)))));
    let answer = answer(&[("accept-encoding", "gzip")], |_| chunks()).await;
    assert_eq!(encoding(&answer), Some("gzip"));
    assert!(answer.into_body().collect().await.unwrap().to_bytes().len() < 1000);
}

#[tokio::test]
async fn rh_196_a_tag_of_other_bytes_is_weak() {
    let tagged = |_| text(long()).with_etag(Etag::strong("a")).with_ranges();
    let compressed = answer(&[("accept-encoding", "gzip")], tagged).await;
    assert_eq!(compressed.headers()["etag"], "W/\"a\"");
    assert!(!compressed.headers().contains_key("accept-ranges"));
    let plain = answer(&[], tagged).await;
    assert_eq!(plain.headers()["etag"], "\"a\"");
    let not_modified = answer(&[("accept-encoding", "gzip")], |_| {
        StatusCode::NOT_MODIFIED.with_etag(Etag::strong("a")).with_header("vary", "accept")
    });
    let not_modified = not_modified.await;
    assert_eq!(not_modified.headers()["etag"], "W/\"a\"");
    let vary: Vec<_> = not_modified.headers().get_all("vary").iter().collect();
    assert_eq!(vary, ["accept", "accept-encoding"]);
}

#[tokio::test]
async fn rh_196_a_tag_that_became_weak_here_is_good_for_a_change() {
    for (sent, current, expected) in [
        ("W/\"a\"", Etag::strong("a"), true),
        ("\"b\", W/\"a\"", Etag::strong("a"), true),
        ("W/\"b\"", Etag::strong("a"), false),
        ("W/\"a\"", Etag::weak("a"), false),
    ] {
        let check = |request: Request| {
            let (mut parts, _) = request.into_parts();
            let preconditions = futures_util::FutureExt::now_or_never(
                <Preconditions as axum::extract::FromRequestParts<()>>::from_request_parts(
                    &mut parts,
                    &(),
                ),
            );
            text(preconditions.unwrap().unwrap().check(&current).is_ok().to_string())
        };
        let answer = answer(&[("if-match", sent)], check).await;
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(body, expected.to_string(), "{sent} {current}");
    }
}
