use std::borrow::Cow;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{request_id::RequestId, response::vary};

/// An error as the client is told of it: a problem document (RFC 9457), `application/problem+json`.
///
/// ```
/// use bff::{Problem, http::StatusCode};
///
/// let problem = Problem::new(StatusCode::CONFLICT)
///     .detail("the post was changed in the meantime")
///     .with("version", 7);
/// assert_eq!(problem.status(), StatusCode::CONFLICT);
/// ```
///
/// A client that asks for plain text (`Accept: text/plain`) is sent title and detail as text instead, when the
/// response passes through a bff router.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    #[serde(rename = "type")]
    kind: Cow<'static, str>,
    title: Cow<'static, str>,
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<Cow<'static, str>>,
    #[serde(flatten)]
    extensions: Map<String, Value>,
    /// Boxed, because most problems have none and all of them are moved about.
    #[serde(skip)]
    headers: Option<Box<HeaderMap>>,
}

impl Problem {
    /// A problem of this status, with the status's own phrase as the title.
    ///
    /// A status that is no error (below 400) becomes 500: an error must not look like a success.
    pub fn new(status: StatusCode) -> Self {
        let status =
            if status.as_u16() >= 400 { status } else { StatusCode::INTERNAL_SERVER_ERROR };
        Self {
            kind: Cow::Borrowed("about:blank"),
            title: Cow::Borrowed(status.canonical_reason().unwrap_or("Error")),
            status,
            detail: None,
            instance: None,
            extensions: Map::new(),
            headers: None,
        }
    }

    /// A URI for the kind of problem (RFC 9457 section 3.1.1); `about:blank` unless it is set.
    #[must_use]
    pub fn kind(mut self, uri: impl Into<Cow<'static, str>>) -> Self {
        self.kind = uri.into();
        self
    }

    /// A short summary of the kind of problem (section 3.1.3).
    #[must_use]
    pub fn title(mut self, title: impl Into<Cow<'static, str>>) -> Self {
        self.title = title.into();
        self
    }

    /// What happened this time, for the client's eyes (section 3.1.4).
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// A URI for this occurrence (section 3.1.5).
    #[must_use]
    pub fn instance(mut self, uri: impl Into<Cow<'static, str>>) -> Self {
        self.instance = Some(uri.into());
        self
    }

    /// A further member (section 3.2). The standard members cannot be replaced this way.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let name = name.into();
        if !matches!(&*name, "type" | "title" | "status" | "detail" | "instance") {
            self.extensions.insert(name, value.into());
        }
        self
    }

    /// A header of the response, beside any of that name: `Retry-After`, `WWW-Authenticate`.
    ///
    /// ```
    /// use bff::{Problem, http::{HeaderValue, StatusCode, header}};
    ///
    /// let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE)
    ///     .header(header::RETRY_AFTER, HeaderValue::from_static("30"));
    /// ```
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.get_or_insert_default().append(name, value);
        self
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    fn text(&self) -> String {
        let mut text = match &self.detail {
            Some(detail) => format!("{}: {detail}\n", self.title),
            None => format!("{}\n", self.title),
        };
        if let Some(Value::String(id)) = self.extensions.get(REQUEST_ID) {
            text.extend(["request id: ", id, "\n"]);
        }
        text
    }

    // A document of strings, numbers and JSON values always serializes.
    fn document(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

const PROBLEM: &str = "application/problem+json";

/// The member for the id under which the log knows the request.
const REQUEST_ID: &str = "request_id";

/// Tells the client of a failure under which id the log knows it; a problem that says one keeps it.
#[cold]
pub(crate) fn tell_id(response: &mut Response, id: &RequestId) {
    // A handler may have put a page of its own in place of the document.
    if response.headers().get(header::CONTENT_TYPE).is_none_or(|own| own != PROBLEM) {
        return;
    }
    let Some(problem) = response.extensions_mut().get_mut::<Problem>() else { return };
    if problem.extensions.contains_key(REQUEST_ID) {
        return;
    }
    problem.extensions.insert(REQUEST_ID.to_owned(), id.as_str().into());
    let document = problem.document();
    *response.body_mut() = Body::from(document);
    response.headers_mut().remove(header::CONTENT_LENGTH);
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.document()));
        *response.status_mut() = self.status;
        if let Some(headers) = &self.headers {
            response.headers_mut().clone_from(headers);
        }
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        response.extensions_mut().insert(self);
        response
    }
}

/// Fits a problem document to what the client asked for, and tells caches that it was asked. Any other
/// response stays as it is.
#[cold]
pub(crate) fn negotiated(response: &mut Response, as_text: bool) {
    if response.extensions().get::<Problem>().is_none() {
        return;
    }
    // A problem that a proxy passes on has been here before.
    vary(response.headers_mut(), "accept");
    if as_text && let Some(problem) = response.extensions_mut().remove::<Problem>() {
        *response.body_mut() = Body::from(problem.text());
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
}

fn as_number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}
