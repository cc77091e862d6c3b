use axum::body::Body;
use serde::Serialize;

use super::*;
use crate::{
    Json,
    response::{bytes, not_found, text},
};

#[test]
fn rh_079_rh_151_a_header_that_cannot_be_sent_is_a_500_and_nothing_of_it_is_sent() {
    for (name, value) in [
        ("x-a", "b\r\nset-cookie: stolen=1"),
        ("x-a", "b\nc"),
        ("x-a", "b\rc"),
        ("x-a", "b\0"),
        ("x-a", "\u{7f}"),
        ("x-a", "é"),
        ("x-a", "日"),
        ("x a", "b"),
        ("x-a:", "b"),
        ("x\r\ny", "b"),
        ("", "b"),
        ("é", "b"),
    ] {
        for response in
            [text("ok").with_header(name, value), text("ok").with_appended_header(name, value)]
        {
            assert_eq!(response.status(), 500, "{name:?}: {value:?}");
            assert_eq!(response.headers()["content-type"], "application/problem+json");
            assert_eq!(response.headers().len(), 1);
        }
    }
}

#[test]
fn headers_are_set_and_added() {
    let response = "x"
        .with_header("x-a", "1")
        .with_header(HeaderName::from_static("x-a"), HeaderValue::from_static("2"))
        .with_appended_header("x-a", String::from("3"))
        .with_header("x-tab", "a\tb")
        .with_header("x-empty", "")
        .with_content_type("text/markdown; charset=utf-8")
        .with_cache_control("no-store");
    let values: Vec<_> = response.headers().get_all("x-a").iter().collect();
    assert_eq!(values, ["2", "3"]);
    assert_eq!(response.headers()["x-tab"], "a\tb");
    assert_eq!(response.headers()["x-empty"], "");
    assert_eq!(response.headers()["content-type"], "text/markdown; charset=utf-8");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.status(), 200);
}

#[test]
fn rh_188_the_content_type_of_json_can_be_another() {
    let response = Json(1).with_content_type("application/vnd.x+json");
    assert_eq!(response.headers().get_all("content-type").iter().count(), 1);
    assert_eq!(response.headers()["content-type"], "application/vnd.x+json");
}

#[test]
fn rh_194_a_status_without_body_takes_none() {
    for code in [StatusCode::NO_CONTENT, StatusCode::RESET_CONTENT, StatusCode::NOT_MODIFIED] {
        assert_eq!(text("x").with_status(code).status(), 500);
        let response = text("").with_status(code);
        assert_eq!(response.status(), code);
        assert!(response.headers().is_empty());
    }
    let stream =
        Body::from_stream(futures_util::stream::empty::<Result<Vec<u8>, std::io::Error>>());
    assert_eq!(stream.with_status(StatusCode::NO_CONTENT).status(), 500);
}

#[test]
fn rh_079_a_status_that_ends_no_exchange_is_refused() {
    for code in [100, 101, 103, 199, 600, 999] {
        assert_eq!(().with_status(StatusCode::from_u16(code).unwrap()).status(), 500, "{code}");
    }
    assert_eq!(().with_status(StatusCode::from_u16(599).unwrap()).status(), 599, "RH-193");
}

struct Unserializable;

impl Serialize for Unserializable {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no"))
    }
}

#[test]
fn rh_074_a_failure_stays_a_failure_and_no_cache_keeps_it() {
    let failures = [
        Json(Unserializable).into_response(),
        Error::msg("secret").into_response(),
        text("x").with_header("bad name", "x"),
    ];
    for failure in failures {
        let response = failure
            .with_status(StatusCode::OK)
            .with_cache_control("public, max-age=31536000")
            .with_content_type("text/html")
            .with_download("report.pdf")
            .with_etag(Etag::strong("1"))
            .with_body_etag();
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers().len(), 1);
        assert_eq!(response.headers()["content-type"], "application/problem+json");
    }
}

#[test]
fn a_problem_takes_headers_and_keeps_its_status() {
    let response = not_found().with_status(StatusCode::OK).with_cache_control("max-age=5");
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["cache-control"], "max-age=5");
}

#[test]
fn rh_412_any_body_can_be_a_download() {
    let response = bytes("%PDF").with_content_type("application/pdf").with_download("a.pdf");
    assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"a.pdf\"");
}
