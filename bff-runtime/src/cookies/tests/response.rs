use axum::response::{IntoResponse, Response};
use http::header;

use super::{
    super::{Cookie, ResponseCookiesExt},
    cookie, headers, set_cookie_lines,
};
use crate::ResponseExt;

const EPOCH: &str = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";

fn response(lines: &[&[u8]]) -> Response {
    let mut response = Response::default();
    *response.headers_mut() = headers(header::SET_COOKIE, lines);
    response
}

#[test]
fn rh_177_rh_178_the_lines_of_a_response_are_read() {
    let response = response(&[
        b"a=1; Path=/x; HttpOnly; SameSite=LAX",
        b"b=2",
        b"a=3",
        b"a=4; path=/x",
        b"c=; Max-Age=0",
        b"=nothing",
        b"b=; Max-Age=0",
    ]);
    let cookies = response.cookies();
    let all: Vec<_> = cookies.iter().map(|it| it.to_string()).collect();
    assert_eq!(all, ["a=3", "a=4; Path=/x"]);
    assert_eq!(cookies.get("a").expect("a cookie").value(), "4");
    assert_eq!(cookies.get_all("a").len(), 2);
    assert!(!cookies.has("b") && !cookies.has("c") && !cookies.has("nothing"));
}

#[test]
fn rh_171_rh_177_rh_180_what_is_set_takes_the_place_of_its_like() {
    let mut response = response(&[b"a=1; Path=/", b"\xff", b"b=2; Weird", b"a=3; Path=/"]);
    response
        .cookies_mut()
        .set(cookie("a", "new"))
        .set(cookie("c", "4"))
        .set(Cookie::build("b", "5").path("").build().expect("a cookie"));
    assert_eq!(
        set_cookie_lines(response.headers()),
        ["a=new; Path=/", "\u{fffd}", "b=5", "c=4; Path=/"]
    );
}

#[test]
fn rh_168_rh_177_what_is_deleted_is_deleted_everywhere() {
    let mut response = response(&[b"a=1; Path=/x; HttpOnly", b"b=2", b"a=3; Domain=ex.com"]);
    response.cookies_mut().delete("a").delete("d").delete("a;b").delete("");
    assert_eq!(
        set_cookie_lines(response.headers()),
        [
            format!("a=; Path=/x; {EPOCH}"),
            "b=2".to_owned(),
            format!("a=; {EPOCH}; Domain=ex.com"),
            format!("a=; Path=/; {EPOCH}"),
            format!("d=; Path=/; {EPOCH}"),
        ]
    );
    response.cookies_mut().delete("a");
    assert_eq!(set_cookie_lines(response.headers()).len(), 5);
}

#[test]
fn rh_177_a_cookie_can_be_returned() {
    let response = (cookie("a", "1"), cookie("b", "2"), "text").with_cookie(cookie("c", "3"));
    assert_eq!(set_cookie_lines(response.headers()), ["a=1; Path=/", "b=2; Path=/", "c=3; Path=/"]);
    assert_eq!(set_cookie_lines(cookie("a", "1").into_response().headers()), ["a=1; Path=/"]);
}

#[test]
fn rh_180_other_headers_stay_where_they_are() {
    let mut response = response(&[b"a=1", b"b=2"]);
    response.headers_mut().append("x-one", header::HeaderValue::from_static("1"));
    response.cookies_mut().delete("a").set(cookie("b", "3"));
    assert_eq!(response.headers()["x-one"], "1");
}
