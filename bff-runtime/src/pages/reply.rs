use std::convert::Infallible;

use axum::{
    body::{Body, Bytes},
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header, request::Parts};
use serde::Serialize;
use serde_json::Value;

use crate::{Error, response::Etag};

/// The second argument of a Next.js function: answers with an `ETag`, so that a client that has the answer already is
/// sent 304 without a body (RH-483 to RH-486).
///
/// ```
/// use bff::{Response, http::StatusCode, pages::Reply};
///
/// async fn created(reply: Reply) -> Response {
///     reply.status(StatusCode::CREATED).json(&["first", "second"])
/// }
/// ```
///
/// The router compares the tag, as it does for every answer that has one: for GET and HEAD, and when the status is 200
/// (RFC 9110 section 13.2.2). With 204 and 304 there is neither a body nor a header that describes one (RH-486).
///
/// To answer with anything else, or to stream, return any response and leave this argument out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reply {
    status: StatusCode,
}

impl Reply {
    /// The status of the answer; 200 unless it is set.
    #[must_use]
    pub fn status(self, status: StatusCode) -> Self {
        Self { status }
    }

    /// Answers with JSON, whatever the value: `null` and strings as well (RH-483). A value that cannot be serialized
    /// is answered 500 and logged.
    pub fn json(self, value: &(impl Serialize + ?Sized)) -> Response {
        match serde_json::to_vec(value) {
            Ok(body) => self.finish(Bytes::from(body), JSON),
            Err(error) => Error::from(error).into_response(),
        }
    }

    /// Answers with a text, with bytes, with a JSON value, or with nothing: see [`ReplyBody`] (RH-484).
    pub fn send(self, body: impl ReplyBody) -> Response {
        match body.into_content() {
            Some((body, content_type)) => self.finish(body, content_type),
            None => self.status.into_response(),
        }
    }

    fn finish(self, body: Bytes, content_type: &'static str) -> Response {
        if matches!(self.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
            return self.status.into_response();
        }
        let etag = Etag::of(&body).to_header();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(header::ETAG, etag);
        response
    }
}

const JSON: &str = "application/json; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";

impl<S: Sync> FromRequestParts<S> for Reply {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::default())
    }
}

/// What [`Reply::send`] sends, and as what.
///
/// | value | content type |
/// |---|---|
/// | `&str`, `String` | `text/plain; charset=utf-8` |
/// | `Vec<u8>`, [`Bytes`] | `application/octet-stream` |
/// | [`Value`], but for a string, which is text, and `null`, which is nothing | `application/json; charset=utf-8` |
/// | `()`, `None` | no body at all |
pub trait ReplyBody {
    /// The bytes and their content type; `None` for an answer without a body.
    fn into_content(self) -> Option<(Bytes, &'static str)>;
}

impl ReplyBody for &str {
    fn into_content(self) -> Option<(Bytes, &'static str)> {
        self.to_owned().into_content()
    }
}

impl ReplyBody for String {
    fn into_content(self) -> Option<(Bytes, &'static str)> {
        Some((Bytes::from(self), TEXT))
    }
}

impl ReplyBody for Vec<u8> {
    fn into_content(self) -> Option<(Bytes, &'static str)> {
        Some((Bytes::from(self), BYTES))
    }
}

impl ReplyBody for Bytes {
    fn into_content(self) -> Option<(Bytes, &'static str)> {
        Some((self, BYTES))
    }
}

impl ReplyBody for Value {
    fn into_content(self) -> Option<(Bytes, &'static str)> {
        match self {
            Self::Null => None,
            Self::String(text) => text.into_content(),
            value => Some((Bytes::from(value.to_string()), JSON)),
        }
    }
}

impl ReplyBody for () {
    fn into_content(self) -> Option<(Bytes, &'static str)> {
        None
    }
}

impl<T: ReplyBody> ReplyBody for Option<T> {
    fn into_content(self) -> Option<(Bytes, &'static str)> {
        self?.into_content()
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;
    use serde_json::json;

    use super::*;

    /// Status, content type, whether there is a tag, and the body.
    async fn facts(response: Response) -> (u16, String, bool, String) {
        let (head, body) = response.into_parts();
        let header = |name| {
            head.headers
                .get(name)
                .map(|value: &HeaderValue| value.to_str().expect("text").to_owned())
        };
        let body = body.collect().await.expect("a body").to_bytes();
        (
            head.status.as_u16(),
            header(header::CONTENT_TYPE).unwrap_or_default(),
            header(header::ETAG).is_some(),
            String::from_utf8(body.to_vec()).expect("text"),
        )
    }

    #[tokio::test]
    async fn rh_483_rh_484_what_is_sent_has_its_content_type_and_a_tag() {
        let reply = Reply::default();
        for (response, content_type, tag, body) in [
            (reply.json(&json!({ "a": 1 })), JSON, true, "{\"a\":1}"),
            (reply.json(&()), JSON, true, "null"),
            (reply.json("x"), JSON, true, "\"x\""),
            (reply.send(json!([true])), JSON, true, "[true]"),
            (reply.send(json!(5)), JSON, true, "5"),
            (reply.send("<p>"), TEXT, true, "<p>"),
            (reply.send(json!("x")), TEXT, true, "x"),
            (reply.send(vec![b'x']), BYTES, true, "x"),
            (reply.send(()), "", false, ""),
            (reply.send(json!(null)), "", false, ""),
            (reply.send(None::<String>), "", false, ""),
        ] {
            let found = facts(response).await;
            assert_eq!(found, (200, content_type.to_owned(), tag, body.to_owned()));
        }
    }

    #[tokio::test]
    async fn rh_482_rh_486_a_status_without_a_body_has_none() {
        for status in [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED] {
            let response = Reply::default().status(status).json(&1);
            assert_eq!(
                facts(response).await,
                (status.as_u16(), String::new(), false, String::new())
            );
        }
    }
}
