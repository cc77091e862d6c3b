use std::convert::Infallible;

use axum::{
    body::{Body, Bytes},
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use serde::Serialize;
use serde_json::Value;

use super::etag::{etag, is_fresh};
use crate::Error;

/// Answers with what a client needs to ask again cheaply: an `ETag`, and 304 without a body when the client has this
/// very answer already (RH-483 to RH-486).
///
/// ```
/// use bff::{Response, http::StatusCode, pages::Reply};
///
/// async fn created(reply: Reply) -> Response {
///     reply.status(StatusCode::CREATED).json(&["first", "second"])
/// }
/// ```
///
/// 304 is sent to GET and HEAD when the status is a success, as RFC 9110 section 13.2 has it. With 204 and 304 there is
/// neither a body nor a header that describes one (RH-486).
///
/// To answer with anything else, or to stream, return any response and leave this argument out.
#[derive(Clone, Debug)]
pub struct Reply {
    /// What the client has; empty when the method does not ask for a representation.
    request: HeaderMap,
    status: StatusCode,
}

impl Reply {
    /// The status of the answer; 200 unless it is set.
    #[must_use]
    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
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
        let Self { request, status } = self;
        if matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
            return status.into_response();
        }
        let etag = etag(&body);
        let fresh = status.is_success() && is_fresh(&request, &etag);
        let mut response = if fresh {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = status;
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
            response
        };
        response.headers_mut().insert(header::ETAG, etag);
        response
    }
}

const JSON: &str = "application/json; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";

impl<S: Sync> FromRequestParts<S> for Reply {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let mut request = HeaderMap::new();
        // On any other method the precondition would mean something else (RFC 9110 section 13.1.2).
        if matches!(parts.method, Method::GET | Method::HEAD) {
            for name in [header::IF_NONE_MATCH, header::CACHE_CONTROL] {
                for value in parts.headers.get_all(&name) {
                    request.append(name.clone(), value.clone());
                }
            }
        }
        Ok(Self { request, status: StatusCode::OK })
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
    use axum::extract::Request;
    use http_body_util::BodyExt;
    use serde_json::json;

    use super::*;

    async fn reply(method: Method, if_none_match: Option<&HeaderValue>) -> Reply {
        let mut request = Request::new(());
        *request.method_mut() = method;
        if let Some(tag) = if_none_match {
            request.headers_mut().insert(header::IF_NONE_MATCH, tag.clone());
        }
        let Ok(reply) = Reply::from_request_parts(&mut request.into_parts().0, &()).await;
        reply
    }

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
        let get = || reply(Method::GET, None);
        for (response, content_type, tag, body) in [
            (get().await.json(&json!({ "a": 1 })), JSON, true, "{\"a\":1}"),
            (get().await.json(&()), JSON, true, "null"),
            (get().await.json("x"), JSON, true, "\"x\""),
            (get().await.send(json!([true])), JSON, true, "[true]"),
            (get().await.send(json!(5)), JSON, true, "5"),
            (get().await.send("<p>"), TEXT, true, "<p>"),
            (get().await.send(json!("x")), TEXT, true, "x"),
            (get().await.send(vec![b'x']), BYTES, true, "x"),
            (get().await.send(()), "", false, ""),
            (get().await.send(json!(null)), "", false, ""),
            (get().await.send(None::<String>), "", false, ""),
        ] {
            let found = facts(response).await;
            assert_eq!(found, (200, content_type.to_owned(), tag, body.to_owned()));
        }
    }

    #[tokio::test]
    async fn rh_485_a_client_that_has_the_answer_is_told_so() {
        let tag = etag(b"x");
        for (method, status, expected) in [
            (Method::GET, 200, 304),
            (Method::HEAD, 200, 304),
            (Method::GET, 201, 304),
            (Method::GET, 404, 404),
            (Method::POST, 200, 200),
        ] {
            let status = StatusCode::from_u16(status).expect("a status");
            let response = reply(method.clone(), Some(&tag)).await.status(status).send("x");
            let (found, _, has_tag, body) = facts(response).await;
            assert_eq!((found, has_tag), (expected, true), "{method} {status}");
            assert_eq!(body.is_empty(), expected == 304, "{method} {status}");
        }
    }

    #[tokio::test]
    async fn rh_482_rh_486_a_status_without_a_body_has_none() {
        for status in [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED] {
            let response = reply(Method::GET, None).await.status(status).json(&1);
            assert_eq!(
                facts(response).await,
                (status.as_u16(), String::new(), false, String::new())
            );
        }
    }
}
