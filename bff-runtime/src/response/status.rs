use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use http_body::Body as _;

use super::{ResponseExt, redirect};

/// A status without a body (RH-187).
///
/// ```
/// use bff::{http::StatusCode, response::status};
///
/// assert_eq!(status(StatusCode::ACCEPTED).status(), 202);
/// ```
///
/// # Errors
/// 500, and a line in the log, for a status that ends no exchange: 1xx and what is above 599 (RH-079).
#[track_caller]
pub fn status(code: StatusCode) -> Response {
    ().with_status(code)
}

/// 204: done, and nothing to say (RFC 9110 section 15.3.5, RH-194).
///
/// ```
/// assert_eq!(bff::response::no_content().status(), 204);
/// ```
pub fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// 201: what was asked for is now at this location (RFC 9110 section 15.3.2).
///
/// The location is encoded as that of a [`redirect`] is. For a body beside it, start with the body:
///
/// ```
/// use bff::{http::StatusCode, response::{ResponseExt, created, json}};
///
/// assert_eq!(created("/posts/7").headers()["location"], "/posts/7");
///
/// let response = json("the post").with_status(StatusCode::CREATED).with_header("location", "/posts/7");
/// assert_eq!(response.status(), 201);
/// ```
pub fn created(location: impl AsRef<str>) -> Response {
    let mut response = redirect(location).into_response();
    *response.status_mut() = StatusCode::CREATED;
    response
}

/// The rule of HTTP that this response breaks, if it breaks one (RH-079, RH-194).
///
/// - No status below 200 ends an exchange but a switch of protocols, and there is none above 599 (RFC 9110
///   section 15).
/// - 204, 205 and 304 have no body (sections 15.3.5, 15.3.6, 15.4.5): what follows them on the connection
///   would be read as the next response.
#[inline]
pub(crate) fn broken_rule(response: &Response) -> Option<&'static str> {
    match response.status().as_u16() {
        200..=203 | 206..=303 | 305..=599 => None,
        _ => broken_rule_of_few(response),
    }
}

#[cold]
fn broken_rule_of_few(response: &Response) -> Option<&'static str> {
    match response.status().as_u16() {
        204 | 205 | 304 if is_empty(response) => None,
        204 | 205 | 304 => Some("a response with status 204, 205 or 304 has no body"),
        101 if response.headers().contains_key(header::UPGRADE) => None,
        _ => Some("a response has a status from 200 to 599"),
    }
}

/// True when the body is known to be empty. A stream may be, but nobody can tell.
fn is_empty(response: &Response) -> bool {
    response.body().is_end_stream() || response.body().size_hint().exact() == Some(0)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn rh_194_no_content_has_no_body_and_no_content_type() {
        let response = no_content();
        assert_eq!(response.status(), 204);
        assert!(response.headers().is_empty());
        assert!(is_empty(&response));
    }

    #[test]
    fn created_names_its_location_and_nothing_gets_out_of_it() {
        for (location, expected) in
            [("/posts/7", "/posts/7"), ("/a\r\nx: y", "/a%0D%0Ax:%20y"), ("/é", "/%C3%A9")]
        {
            let response = created(location);
            assert_eq!(response.status(), 201);
            assert_eq!(response.headers()[header::LOCATION], expected);
        }
    }

    #[test]
    fn rh_079_rh_194_the_rules_of_status_and_body() {
        let stream =
            || Body::from_stream(futures_util::stream::empty::<Result<Vec<u8>, std::io::Error>>());
        for (code, body, holds) in [
            (200, Body::empty(), true),
            (204, Body::empty(), true),
            (204, Body::from(""), true),
            (205, Body::from("x"), false),
            (304, Body::from("x"), false),
            (204, Body::from("x"), false),
            (204, stream(), false),
            (599, Body::from("x"), true),
            (100, Body::empty(), false),
            (101, Body::empty(), false),
            (103, Body::empty(), false),
            (600, Body::empty(), false),
            (999, Body::empty(), false),
        ] {
            let mut response = Response::new(body);
            *response.status_mut() = StatusCode::from_u16(code).unwrap();
            assert_eq!(broken_rule(&response).is_none(), holds, "{code}");
        }
    }

    #[test]
    fn rh_235_a_switch_of_protocols_is_a_final_response() {
        let mut response = StatusCode::SWITCHING_PROTOCOLS.into_response();
        response.headers_mut().insert(header::UPGRADE, http::HeaderValue::from_static("websocket"));
        assert_eq!(broken_rule(&response), None);
    }
}
