use http::HeaderValue;
use http_body_util::BodyExt;

use super::*;
use crate::response::{ResponseExt, bytes, text};

const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
const BEFORE: &str = "Sun, 06 Nov 1994 08:49:36 GMT";
const AFTER: &str = "Sun, 06 Nov 1994 08:49:38 GMT";

/// What becomes of a response for a request with these headers.
fn answer(method: Method, mut response: Response, headers: &[(&'static str, &str)]) -> Response {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = method;
    for (name, value) in headers {
        request.headers_mut().append(*name, HeaderValue::try_from(*value).unwrap());
    }
    if let Some(conditions) = Conditions::of(&request) {
        conditions.apply(&mut response);
    }
    response
}

#[test]
fn rh_196_v50_the_steps_of_rfc_9110_section_13_2_2() {
    let strong = || text("body").with_header("etag", "\"a\"");
    let weak = || text("body").with_header("etag", "W/\"a\"");
    let dated = || text("body").with_header("last-modified", DATE);
    let both = || text("body").with_header("etag", "\"a\"").with_header("last-modified", DATE);
    let neither = || text("body");
    for (response, headers, status) in [
        (strong as fn() -> Response, &[("if-none-match", "\"a\"")][..], 304),
        (strong, &[("if-none-match", "W/\"a\"")], 304),
        (strong, &[("if-none-match", "\"b\", \"a\"")], 304),
        (strong, &[("if-none-match", "\"b\""), ("if-none-match", "\"a\"")], 304),
        (strong, &[("if-none-match", "*")], 304),
        (strong, &[("if-none-match", "\"b\"")], 200),
        (strong, &[("if-none-match", "a")], 200),
        (weak, &[("if-none-match", "\"a\"")], 304),
        (neither, &[("if-none-match", "\"a\"")], 200),
        (dated, &[("if-modified-since", DATE)], 304),
        (dated, &[("if-modified-since", AFTER)], 304),
        (dated, &[("if-modified-since", BEFORE)], 200),
        (dated, &[("if-modified-since", "Sunday, 06-Nov-94 08:49:37 GMT")], 304),
        (dated, &[("if-modified-since", "yesterday")], 200),
        (strong, &[("if-modified-since", AFTER)], 200),
        (both, &[("if-none-match", "\"b\""), ("if-modified-since", AFTER)], 200),
        (both, &[("if-none-match", "\"a\""), ("if-modified-since", BEFORE)], 304),
        (strong, &[("if-match", "\"a\"")], 200),
        (strong, &[("if-match", "*")], 200),
        (strong, &[("if-match", "\"b\"")], 412),
        (strong, &[("if-match", "W/\"a\"")], 412),
        (weak, &[("if-match", "\"a\"")], 412),
        (neither, &[("if-match", "\"a\"")], 200),
        (dated, &[("if-unmodified-since", DATE)], 200),
        (dated, &[("if-unmodified-since", BEFORE)], 412),
        (dated, &[("if-unmodified-since", "yesterday")], 200),
        (both, &[("if-match", "\"a\""), ("if-unmodified-since", BEFORE)], 200),
        (both, &[("if-match", "\"b\""), ("if-none-match", "\"a\"")], 412),
        (both, &[("if-match", "\"a\""), ("if-none-match", "\"a\"")], 304),
    ] {
        for method in [Method::GET, Method::HEAD] {
            let answer = answer(method, response(), headers);
            assert_eq!(answer.status(), status, "{headers:?}");
        }
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            assert_eq!(answer(method, response(), headers).status(), 200, "the handler's decision");
        }
    }
}

#[test]
fn rh_196_only_a_200_is_compared() {
    for status in [201, 203, 302, 404, 500] {
        let mut response = text("body").with_header("etag", "\"a\"");
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        for headers in [("if-none-match", "\"a\""), ("if-match", "\"b\"")] {
            let copy = text("body").with_header("etag", "\"a\"").with_status(response.status());
            assert_eq!(answer(Method::GET, copy, &[headers]).status(), status);
        }
    }
}

#[tokio::test]
async fn rh_196_a_304_has_the_headers_that_guide_caches_and_no_body() {
    let full = || {
        text("body")
            .with_header("etag", "\"a\"")
            .with_header("cache-control", "max-age=60")
            .with_header("vary", "accept")
            .with_header("expires", DATE)
            .with_header("content-location", "/a")
            .with_header("last-modified", DATE)
            .with_header("content-language", "en")
            .with_header("set-cookie", "a=b")
            .with_header("access-control-allow-origin", "*")
    };
    let answer = answer(Method::GET, full(), &[("if-none-match", "\"a\"")]);
    let mut names: Vec<&str> = answer.headers().keys().map(HeaderName::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "access-control-allow-origin",
            "cache-control",
            "content-location",
            "etag",
            "expires",
            "set-cookie",
            "vary"
        ]
    );
    assert!(answer.into_body().collect().await.unwrap().to_bytes().is_empty());
}

#[test]
fn rh_196_a_304_without_a_tag_keeps_its_date() {
    let dated = text("body").with_header("last-modified", DATE);
    assert_eq!(
        answer(Method::GET, dated, &[("if-modified-since", DATE)]).headers()["last-modified"],
        DATE
    );
}

#[test]
fn rh_196_a_412_is_a_problem_and_no_cache_keeps_it() {
    let response = bytes("x")
        .with_header("etag", "\"a\"")
        .with_cache_control("max-age=60")
        .with_header("x-a", "b");
    let answer = answer(Method::GET, response, &[("if-match", "\"b\"")]);
    assert_eq!(answer.status(), 412);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert_eq!(answer.headers()["x-a"], "b");
    assert!(
        !answer.headers().contains_key("etag") && !answer.headers().contains_key("cache-control")
    );
}

fn digits() -> Response {
    bytes("0123456789")
        .with_header("etag", "\"a\"")
        .with_header("last-modified", DATE)
        .with_ranges()
}

async fn body(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn rh_197_ranges_of_a_body_in_memory() {
    for (headers, status, content_range, sent) in [
        (&[][..], 200, None, "0123456789"),
        (&[("range", "bytes=2-4")], 206, Some("bytes 2-4/10"), "234"),
        (&[("range", "bytes=-3")], 206, Some("bytes 7-9/10"), "789"),
        (&[("range", "bytes=8-99")], 206, Some("bytes 8-9/10"), "89"),
        (&[("range", "bytes=0-1,2-3")], 206, Some("bytes 0-3/10"), "0123"),
        (&[("range", "lines=2-4")], 200, None, "0123456789"),
        (&[("range", "bytes=2-4"), ("range", "bytes=5-6")], 200, None, "0123456789"),
        (&[("range", "bytes=2-4"), ("if-range", "\"a\"")], 206, Some("bytes 2-4/10"), "234"),
        (&[("range", "bytes=2-4"), ("if-range", "\"b\"")], 200, None, "0123456789"),
        (&[("range", "bytes=2-4"), ("if-range", "W/\"a\"")], 200, None, "0123456789"),
        (&[("range", "bytes=2-4"), ("if-range", DATE)], 206, Some("bytes 2-4/10"), "234"),
        (&[("range", "bytes=2-4"), ("if-range", AFTER)], 200, None, "0123456789"),
        (&[("range", "bytes=2-4"), ("if-range", "x")], 200, None, "0123456789"),
        (&[("range", "bytes=99-"), ("if-range", "\"b\"")], 200, None, "0123456789"),
        (&[("range", "bytes=2-4"), ("if-none-match", "\"a\"")], 304, None, ""),
        (&[("range", "bytes=2-4"), ("if-match", "\"a\"")], 206, Some("bytes 2-4/10"), "234"),
    ] {
        let answer = answer(Method::GET, digits(), headers);
        assert_eq!(answer.status(), status, "{headers:?}");
        assert_eq!(
            answer.headers().get("content-range").map(|value| value.to_str().unwrap()),
            content_range
        );
        assert_eq!(answer.headers().contains_key("accept-ranges"), status != 304);
        assert_eq!(body(answer).await, sent, "{headers:?}");
    }
}

#[test]
fn rh_197_head_and_post_have_no_ranges() {
    for method in [Method::HEAD, Method::POST] {
        assert_eq!(answer(method, digits(), &[("range", "bytes=2-4")]).status(), 200);
    }
}

#[tokio::test]
async fn rh_197_a_range_that_is_not_there_is_416_with_the_length() {
    let answer = answer(Method::GET, digits(), &[("range", "bytes=10-")]);
    assert_eq!(answer.status(), 416);
    assert_eq!(answer.headers()["content-range"], "bytes */10");
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert!(!answer.headers().contains_key("etag"));
}

#[tokio::test]
async fn rh_197_several_ranges_are_parts_of_one_body() {
    use http_body::Body as _;

    let answer = answer(Method::GET, digits(), &[("range", "bytes=-1,0-1,4-5")]);
    assert_eq!(answer.status(), 206);
    assert!(!answer.headers().contains_key("content-range"));
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    let boundary = kind.strip_prefix("multipart/byteranges; boundary=").unwrap().to_owned();
    let length = answer.body().size_hint().exact().unwrap();
    let body = body(answer).await;
    assert_eq!(body.len() as u64, length);
    let part = |range: &str, text: &str| {
        format!(
            "\r\n--{boundary}\r\ncontent-type: application/octet-stream\r\ncontent-range: bytes {range}/10\r\n\r\n{text}"
        )
    };
    let expected =
        [part("9-9", "9"), part("0-1", "01"), part("4-5", "45"), format!("\r\n--{boundary}--\r\n")];
    assert_eq!(body, expected.concat());
}

#[tokio::test]
async fn rh_197_a_body_that_was_replaced_is_sent_whole() {
    let mut response = digits();
    *response.body_mut() = Body::from("other");
    let answer = answer(Method::GET, response, &[("range", "bytes=2-4")]);
    assert_eq!((answer.status().as_u16(), &*body(answer).await), (200, "other"));
}

#[tokio::test]
async fn rh_197_only_what_allows_ranges_is_cut() {
    for response in
        [bytes("0123456789"), bytes("0123456789").with_ranges().with_status(StatusCode::CREATED)]
    {
        let answer = answer(Method::GET, response, &[("range", "bytes=2-4")]);
        assert_ne!(answer.status(), 206);
        assert_eq!(body(answer).await, "0123456789");
    }
}
