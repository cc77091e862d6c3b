use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use http_body::Body as _;
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;

/// A response with its whole body.
#[derive(Clone, Debug)]
pub struct TestResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl TestResponse {
    /// Receives a response to this method as a server would send it: without a body where there can be none,
    /// and with its length (RFC 9110 section 8.6, RFC 9112 section 6.3).
    pub(super) async fn collect(method: &Method, response: Response) -> Self {
        let (mut parts, body) = response.into_parts();
        let has_no_length =
            parts.status.is_informational() || parts.status == StatusCode::NO_CONTENT;
        if has_no_length {
            parts.headers.remove(header::CONTENT_LENGTH);
        }
        if has_no_length || parts.status == StatusCode::NOT_MODIFIED || method == Method::HEAD {
            return Self { status: parts.status, headers: parts.headers, body: Bytes::new() };
        }
        if let Some(length) = body.size_hint().exact() {
            parts
                .headers
                .entry(header::CONTENT_LENGTH)
                .or_insert_with(|| HeaderValue::from(length));
        }
        let body = match body.collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) => panic!("the body broke off: {error}"),
        };
        Self { status: parts.status, headers: parts.headers, body }
    }

    /// The status; comparable to a number.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The first value of a header.
    ///
    /// # Panics
    /// When the value is not text.
    #[track_caller]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| {
            value.to_str().unwrap_or_else(|_| panic!("the header `{name}` is not text"))
        })
    }

    /// The body.
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// The body as text.
    ///
    /// # Panics
    /// When it is not UTF-8.
    #[track_caller]
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec())
            .unwrap_or_else(|error| panic!("the body is not text: {error}"))
    }

    /// The body parsed as JSON.
    ///
    /// # Panics
    /// When it is not JSON, or not a `T`.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!(
                "the body is not the JSON expected: {error}\n{}",
                String::from_utf8_lossy(&self.body)
            )
        })
    }
}
