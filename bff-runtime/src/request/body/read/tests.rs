use std::{convert::Infallible, future::pending, time::Duration};

use axum::extract::DefaultBodyLimit;
use futures_util::stream;
use tower::{Layer, ServiceExt};

use super::*;
use crate::RequestExt;

const LIMIT: usize = 2 * 1024 * 1024;

fn request(method: &str, body: Body) -> Request {
    http::Request::builder().method(method).uri("/").body(body).unwrap()
}

/// A body of unknown length.
fn stream(chunks: Vec<Vec<u8>>) -> Body {
    Body::from_stream(stream::iter(chunks.into_iter().map(Ok::<_, Infallible>)))
}

/// The length of what was read, or the status of the refusal.
async fn outcome(request: Request) -> std::result::Result<usize, u16> {
    request.bytes().await.map(|bytes| bytes.len()).map_err(|error| error.status().as_u16())
}

#[tokio::test]
async fn rh_114_rh_120_a_body_of_the_limit_passes_whole_and_one_byte_more_is_413() {
    for (length, expected) in
        [(0, Ok(0)), (LIMIT, Ok(LIMIT)), (LIMIT + 1, Err(413)), (12_000_000, Err(413))]
    {
        assert_eq!(outcome(request("POST", vec![0; length].into())).await, expected);
        let chunks = vec![0; length].chunks(60_000).map(<[u8]>::to_vec).collect();
        assert_eq!(outcome(request("POST", stream(chunks))).await, expected);
    }
}

#[tokio::test]
async fn rh_114_rh_120_v47_the_limit_is_the_routes() {
    for (limit, length, expected) in [
        (DefaultBodyLimit::max(5), 5, Ok(5)),
        (DefaultBodyLimit::max(5), 6, Err(413)),
        (DefaultBodyLimit::max(20_000_000), 12_000_000, Ok(12_000_000)),
        (DefaultBodyLimit::disable(), 12_000_000, Ok(12_000_000)),
    ] {
        let inner = tower::service_fn(|request: Request| async { Ok::<_, Infallible>(request) });
        for body in [Body::from(vec![0; length]), stream(vec![vec![0; length]])] {
            let request = limit.layer(inner).oneshot(request("POST", body)).await.unwrap();
            assert_eq!(outcome(request).await, expected, "{limit:?}");
        }
    }
}

#[tokio::test]
async fn rh_118_a_body_that_is_announced_too_large_is_refused_unread() {
    struct Announced;

    impl HttpBody for Announced {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
            panic!("the body was read")
        }

        fn size_hint(&self) -> http_body::SizeHint {
            http_body::SizeHint::with_exact(LIMIT as u64 + 1)
        }
    }

    assert_eq!(outcome(request("POST", Body::new(Announced))).await, Err(413));
}

#[tokio::test]
async fn rh_112_rh_113_get_and_head_have_no_body_and_other_methods_do() {
    for (method, expected) in [
        ("GET", ""),
        ("HEAD", ""),
        ("DELETE", "it"),
        ("PUT", "it"),
        ("PATCH", "it"),
        ("PROPFIND", "it"),
    ] {
        assert_eq!(request(method, "it".into()).text().await.unwrap(), expected, "{method}");
    }
}

#[tokio::test]
async fn rh_094_rh_394_two_requests_of_one_have_the_same_head_and_body() {
    let mut original = request("PUT", stream(vec![b"{\"a\"".to_vec(), b":1}".to_vec()]));
    original
        .headers_mut()
        .insert("content-type", http::HeaderValue::from_static("application/json"));
    original.extensions_mut().insert("an extension");
    let (first, second) = original.tee().await.unwrap();
    for request in [&first, &second] {
        assert_eq!((request.method().as_str(), request.headers().len()), ("PUT", 1));
        assert_eq!(request.extensions().get(), Some(&"an extension"));
    }
    assert_eq!(first.text().await.unwrap(), "{\"a\":1}");
    assert_eq!(second.json::<serde_json::Value>().await.unwrap()["a"], 1);
    let too_large = request("POST", vec![0; LIMIT + 1].into()).tee().await.unwrap_err();
    assert_eq!(too_large.status(), 413);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_400() {
    let chunks = [Ok(&b"begun"[..]), Err(std::io::Error::other("gone"))];
    assert_eq!(outcome(request("POST", Body::from_stream(stream::iter(chunks)))).await, Err(400));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_sends_no_more_is_told_so_after_ten_seconds() {
    let stalled = || {
        let begun = stream::iter([Ok::<_, Infallible>(&b"begun"[..])]);
        Body::from_stream(stream::StreamExt::chain(begun, stream::once(pending())))
    };
    let begun = tokio::time::Instant::now();
    assert_eq!(outcome(request("POST", stalled())).await, Err(408));
    let elapsed = begun.elapsed();
    assert!((Duration::from_secs(10)..Duration::from_secs(11)).contains(&elapsed), "{elapsed:?}");
}
