use std::borrow::Cow;

use axum::{body::HttpBody, response::Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use crate::request;

/// Takes out of a handler's response what is the connection's affair (RH-149): a handler that copies the headers
/// of another server's answer must not tell the client how that connection was run.
///
/// Framing above all. A `Transfer-Encoding` or a `Content-Length` other than the body's would make the next
/// response begin in the wrong place (RFC 9112 section 11.1).
pub(super) fn own_framing(response: &mut Response, head: bool) {
    if response.headers().keys().any(may_be_framing) {
        reframe(response, head);
    }
}

/// Few names are as long as one of those below, so most responses are through with this.
fn may_be_framing(name: &HeaderName) -> bool {
    matches!(name.as_str().len(), 7 | 10 | 14 | 16 | 17)
}

#[cold]
fn reframe(response: &mut Response, head: bool) {
    let status = response.status();
    let length = response.body().size_hint().exact();
    let headers = response.headers_mut();
    headers.remove("keep-alive");
    headers.remove("proxy-connection");
    headers.remove(header::TRANSFER_ENCODING);
    // RFC 9110 section 7.8: an upgrade is made of these two.
    if !matches!(status, StatusCode::SWITCHING_PROTOCOLS | StatusCode::UPGRADE_REQUIRED) {
        headers.remove(header::UPGRADE);
        only_close(headers);
    }
    let has_no_body = head || status == StatusCode::NOT_MODIFIED;
    let is_length = |value: &HeaderValue| match length {
        // What GET would have sent (RFC 9110 section 8.6).
        Some(0) if has_no_body => is_number(value),
        Some(length) => value.as_bytes() == length.to_string().as_bytes(),
        None => is_number(value),
    };
    let mut lengths = headers.get_all(header::CONTENT_LENGTH).iter();
    let is_right = lengths.next().is_none_or(is_length) && lengths.next().is_none();
    if !is_right {
        headers.remove(header::CONTENT_LENGTH);
    }
}

/// Of `Connection` a handler may mean `close`. What else it names is gone with it.
fn only_close(headers: &mut HeaderMap) {
    let lines = request::header(headers, header::CONNECTION.as_str()).map(Cow::into_owned);
    headers.remove(header::CONNECTION);
    let mut closes = false;
    for option in lines.iter().flat_map(|lines| lines.split(',')).map(str::trim) {
        if option.eq_ignore_ascii_case("close") {
            closes = true;
        } else {
            headers.remove(option);
        }
    }
    if closes {
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
}

fn is_number(value: &HeaderValue) -> bool {
    !value.is_empty() && value.as_bytes().iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use proptest::prelude::*;

    use super::*;

    fn framed(status: u16, head: bool, headers: &[(&str, &str)], body: Body) -> Vec<String> {
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            response.headers_mut().append(name, value.parse().unwrap());
        }
        own_framing(&mut response, head);
        let line = |(name, value): (&HeaderName, &HeaderValue)| {
            format!("{name}: {}", value.to_str().unwrap())
        };
        response.headers().iter().map(line).collect()
    }

    #[test]
    fn rh_149_what_belongs_to_a_connection_is_left_out() {
        for (status, headers, expected) in [
            (
                200,
                &[("keep-alive", "timeout=5"), ("x-powered-by", "me")][..],
                &["x-powered-by: me"][..],
            ),
            (200, &[("proxy-connection", "close")], &[]),
            (200, &[("transfer-encoding", "gzip, chunked")], &[]),
            (200, &[("connection", "keep-alive")], &[]),
            (200, &[("connection", "Close")], &["connection: close"]),
            (200, &[("x-secret", "1"), ("connection", "close, X-Secret")], &["connection: close"]),
            (200, &[("connection", "upgrade"), ("upgrade", "h2c")], &[]),
            (
                101,
                &[("connection", "upgrade"), ("upgrade", "websocket")],
                &["connection: upgrade", "upgrade: websocket"],
            ),
            (
                426,
                &[("connection", "upgrade"), ("upgrade", "h2c")],
                &["connection: upgrade", "upgrade: h2c"],
            ),
            (
                200,
                &[("date", "x"), ("server", "me"), ("etag", "\"a\"")],
                &["date: x", "server: me", "etag: \"a\""],
            ),
            (200, &[("trailer", "x-sum")], &["trailer: x-sum"]),
        ] {
            assert_eq!(framed(status, false, headers, Body::empty()), expected, "{headers:?}");
        }
    }

    #[test]
    fn rh_148_a_length_stays_when_it_is_the_bodys() {
        let stream =
            || Body::from_stream(futures_util::stream::empty::<Result<String, std::io::Error>>());
        for (status, head, lengths, body, stays) in [
            (200, false, &["3"][..], Body::from("abc"), true),
            (200, false, &["4"], Body::from("abc"), false),
            (200, false, &["03"], Body::from("abc"), false),
            (200, false, &["3", "3"], Body::from("abc"), false),
            (200, false, &["x"], stream(), false),
            (200, false, &[""], stream(), false),
            (200, false, &["+3"], stream(), false),
            (200, false, &["3"], stream(), true),
            (200, false, &["3", "4"], stream(), false),
            (200, false, &["3"], Body::empty(), false),
            (200, true, &["3"], Body::empty(), true),
            (200, true, &["3"], Body::from("abcd"), false),
            (304, false, &["3"], Body::empty(), true),
        ] {
            let headers: Vec<_> =
                lengths.iter().map(|length| ("content-length", *length)).collect();
            assert_eq!(!framed(status, head, &headers, body).is_empty(), stays, "{lengths:?}");
        }
    }

    proptest! {
        #[test]
        fn any_headers_are_framed(names in proptest::collection::vec(("[a-z-]{1,18}|connection|content-length", "[ -~]{0,9}"), 0..5)) {
            let headers: Vec<_> = names.iter().map(|(name, value)| (&**name, &**value)).collect();
            framed(200, false, &headers, Body::from("abc"));
        }
    }
}
