use std::borrow::Cow;

use axum::{
    body::{Body, Bytes},
    response::Response,
};
use http::{HeaderValue, header};
use serde::Serialize;

use crate::Json;

/// A value as JSON, `application/json`; the function beside [`text`] and [`html`] (RH-188, V25).
///
/// ```
/// use bff::response::{ResponseExt, json};
/// use bff::http::StatusCode;
///
/// let response = json([1, 2]).with_status(StatusCode::CREATED);
/// assert_eq!(response.headers()["content-type"], "application/json");
/// ```
///
/// # Errors
/// A value that cannot be serialized is answered 500 and logged.
pub fn json<T: Serialize>(value: T) -> Json<T> {
    Json(value)
}

/// Text, `text/plain; charset=utf-8` (RH-186, V26).
///
/// ```
/// let response = bff::response::text("hello");
/// assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
/// ```
pub fn text(body: impl Into<Cow<'static, str>>) -> Response {
    content("text/plain; charset=utf-8", body.into())
}

/// A page or a fragment, `text/html; charset=utf-8`.
///
/// The text is sent as it is: what users wrote goes through [`html_escape`](super::html_escape) first.
///
/// ```
/// use bff::response::{html, html_escape};
///
/// let name = "<script>";
/// let response = html(format!("<p>Hello {}", html_escape(name)));
/// assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
/// ```
pub fn html(body: impl Into<Cow<'static, str>>) -> Response {
    content("text/html; charset=utf-8", body.into())
}

/// A document that is XML already, `application/xml; charset=utf-8` (RH-397).
///
/// [`XmlElement`](super::XmlElement) makes one, and escapes what users wrote.
///
/// ```
/// let response = bff::response::xml("<note/>");
/// assert_eq!(response.headers()["content-type"], "application/xml; charset=utf-8");
/// ```
pub fn xml(document: impl Into<Cow<'static, str>>) -> Response {
    content("application/xml; charset=utf-8", document.into())
}

/// A table that is CSV already, `text/csv; charset=utf-8` (RFC 4180 section 3, RFC 7111 section 5.1).
///
/// ```
/// let response = bff::response::csv("id,title\r\n1,Hello\r\n");
/// assert_eq!(response.headers()["content-type"], "text/csv; charset=utf-8");
/// ```
pub fn csv(table: impl Into<Cow<'static, str>>) -> Response {
    content("text/csv; charset=utf-8", table.into())
}

/// Bytes of any kind, `application/octet-stream` (RH-191, V27).
///
/// ```
/// use bff::response::{ResponseExt, bytes};
///
/// let picture = bytes(vec![0x89, b'P', b'N', b'G']).with_content_type("image/png");
/// assert_eq!(picture.headers()["content-type"], "image/png");
/// ```
pub fn bytes(body: impl Into<Bytes>) -> Response {
    content("application/octet-stream", body.into())
}

/// A response of this type.
#[inline]
pub(super) fn content(content_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use http_body::Body as _;

    use super::*;

    #[test]
    fn rh_186_rh_188_rh_191_v25_v26_v27_every_body_has_its_type_and_its_length() {
        for (response, content_type, length) in [
            (json([1, 2]).into_response(), "application/json", 5),
            (text("é"), "text/plain; charset=utf-8", 2),
            (text(String::from("a")), "text/plain; charset=utf-8", 1),
            (text(""), "text/plain; charset=utf-8", 0), // RH-187
            (html("<p>"), "text/html; charset=utf-8", 3),
            (xml("<a/>"), "application/xml; charset=utf-8", 4),
            (csv("a,b"), "text/csv; charset=utf-8", 3),
            (bytes(&b"\0\xff"[..]), "application/octet-stream", 2),
        ] {
            assert_eq!(response.status(), 200);
            assert_eq!(response.headers()[header::CONTENT_TYPE], content_type);
            assert_eq!(
                response.headers().len(),
                1,
                "RH-195: no other header is decided for the handler"
            );
            assert_eq!(response.body().size_hint().exact(), Some(length), "{content_type}");
        }
    }
}
