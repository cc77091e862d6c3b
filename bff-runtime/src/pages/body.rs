use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use http::{HeaderMap, StatusCode, header};
use http_body::Body as _;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};

use super::Fields;
use crate::Problem;

/// The body, parsed by its content type (RH-477).
///
/// `LIMIT` is how many bytes it may have, 1 MiB unless the type says otherwise: `Body<{ 64 * 1024 }>`. It alone
/// decides: axum's `DefaultBodyLimit` has no effect here. A smaller `body_limit` of the route holds as well. A
/// function that wants the bytes as they came, to check the signature of a webhook, takes
/// [`Bytes`](axum::body::Bytes) instead.
///
/// ```
/// use bff::pages::Body;
///
/// async fn comment(body: Body) -> String {
///     match body {
///         Body::Json(value) => format!("{} as JSON", value["text"]),
///         Body::Form(fields) => format!("{:?} from a form", fields.get("text")),
///         Body::Text(text) => text,
///     }
/// }
/// ```
///
/// As an extractor it takes the body, so it is the last argument.
///
/// # Errors
/// The client is answered with a problem document: 413 when the body is larger than `LIMIT` (RH-480); 400 when it
/// is called JSON and is not, when it is not UTF-8, is said to be in another charset, or does not arrive whole
/// (RH-479).
#[derive(Clone, Debug, PartialEq)]
pub enum Body<const LIMIT: usize = { 1024 * 1024 }> {
    /// `application/json` or `application/ld+json`. An empty body is `{}` (RH-478).
    Json(Value),
    /// `application/x-www-form-urlencoded`.
    Form(Fields),
    /// Any other content type, or none; empty without a body.
    Text(String),
}

impl<const LIMIT: usize> Body<LIMIT> {
    /// The body as one JSON value: a form is an object of strings and arrays, text is a string.
    pub fn into_value(self) -> Value {
        match self {
            Self::Json(value) => value,
            Self::Form(fields) => fields.into(),
            Self::Text(text) => Value::String(text),
        }
    }

    /// The parsed body, or what the client is told is wrong with it.
    fn parse(headers: &HeaderMap, bytes: Bytes) -> Result<Self, &'static str> {
        let content_type =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let mut parts = content_type.split(';').map(str::trim);
        let kind = parts.next().unwrap_or("").to_ascii_lowercase();
        if !parts.all(is_utf8) {
            return Err(INVALID_BODY);
        }
        let text = String::from_utf8(Vec::from(bytes)).map_err(|_| INVALID_BODY)?;
        match &*kind {
            "application/json" | "application/ld+json" if text.is_empty() => {
                Ok(Self::Json(Value::Object(Map::new())))
            }
            "application/json" | "application/ld+json" => {
                serde_json::from_str(&text).map(Self::Json).map_err(|_| "Invalid JSON")
            }
            "application/x-www-form-urlencoded" => Ok(Self::Form(Fields::parse(&text))),
            _ => Ok(Self::Text(text)),
        }
    }
}

const INVALID_BODY: &str = "Invalid body";

/// True for a param of a content type that is no charset, or one that UTF-8 contains.
fn is_utf8(param: &str) -> bool {
    match param.split_once('=') {
        Some((name, charset)) if name.trim().eq_ignore_ascii_case("charset") => {
            let charset = charset.trim().trim_matches('"');
            ["utf-8", "utf8", "us-ascii"].iter().any(|known| known.eq_ignore_ascii_case(charset))
        }
        _ => true,
    }
}

impl<S: Send + Sync, const LIMIT: usize> FromRequest<S> for Body<LIMIT> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        // What says beforehand that it is too large is not read at all.
        if body.size_hint().lower() > LIMIT as u64 {
            return Err(too_large(LIMIT));
        }
        match Limited::new(body, LIMIT).collect().await {
            Ok(body) => Self::parse(&parts.headers, body.to_bytes()).map_err(invalid),
            Err(error) if is_too_large(&*error) => Err(too_large(LIMIT)),
            Err(_) => Err(invalid(INVALID_BODY)),
        }
    }
}

/// The limit may also be one that a layer has put around the body.
fn is_too_large(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .any(|error| error.is::<LengthLimitError>())
}

#[cold]
fn invalid(detail: &'static str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST).detail(detail)
}

#[cold]
fn too_large(limit: usize) -> Problem {
    let limit = match limit {
        0 => "0b".to_owned(),
        _ if limit.is_multiple_of(1024 * 1024) => format!("{}mb", limit / (1024 * 1024)),
        _ if limit.is_multiple_of(1024) => format!("{}kb", limit / 1024),
        _ => format!("{limit}b"),
    };
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE).detail(format!("Body exceeded {limit} limit"))
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use serde_json::json;

    use super::*;

    async fn body<const LIMIT: usize>(content_type: &str, text: &[u8]) -> Result<Value, Value> {
        let mut request = Request::new(axum::body::Body::from(text.to_vec()));
        if !content_type.is_empty() {
            let value = content_type.parse().expect("a content type");
            request.headers_mut().insert(header::CONTENT_TYPE, value);
        }
        match Body::<LIMIT>::from_request(request, &()).await {
            Ok(body) => Ok(body.into_value()),
            Err(problem) => {
                let body = problem.into_response().into_body().collect().await.expect("a body");
                let problem: Value = serde_json::from_slice(&body.to_bytes()).expect("a problem");
                Err(json!([problem["status"], problem["detail"]]))
            }
        }
    }

    const FORM: &str = "application/x-www-form-urlencoded";

    #[tokio::test]
    async fn rh_477_rh_478_rh_479_the_content_type_decides() {
        for (content_type, text, expected) in [
            ("application/json", &b"{\"a\":1}"[..], Ok(json!({ "a": 1 }))),
            ("Application/JSON; charset=UTF-8", b"[1]", Ok(json!([1]))),
            ("application/ld+json", b"null", Ok(json!(null))),
            ("application/json", b"", Ok(json!({}))),
            ("application/json", b" ", Err(json!([400, "Invalid JSON"]))),
            ("application/json", b"{", Err(json!([400, "Invalid JSON"]))),
            ("application/json", b"\"\xff\"", Err(json!([400, "Invalid body"]))),
            ("application/json; charset=utf-16", b"{}", Err(json!([400, "Invalid body"]))),
            (FORM, b"a=1&b=2&b=3", Ok(json!({ "a": "1", "b": ["2", "3"] }))),
            (FORM, b"", Ok(json!({}))),
            ("text/plain; charset=\"utf-8\"", b"a=1", Ok(json!("a=1"))),
            ("application/vnd.api+json", b"{}", Ok(json!("{}"))),
            ("", b"{}", Ok(json!("{}"))),
            ("", b"", Ok(json!(""))),
            ("image/png", b"\x89PNG", Err(json!([400, "Invalid body"]))),
        ] {
            assert_eq!(body::<100>(content_type, text).await, expected, "{content_type} {text:?}");
        }
    }

    #[tokio::test]
    async fn rh_480_a_body_over_the_limit_is_413_with_the_limit_in_words() {
        assert_eq!(body::<4>("", b"1234").await, Ok(json!("1234")));
        assert_eq!(body::<4>("", b"12345").await, Err(json!([413, "Body exceeded 4b limit"])));
        for (limit, text) in [(1 << 20, "1mb"), (500 * 1024, "500kb"), (10, "10b"), (0, "0b")] {
            let problem = format!("{:?}", too_large(limit));
            assert!(problem.contains(&format!("Body exceeded {text} limit")), "{problem}");
        }
    }

    #[tokio::test]
    async fn rh_480_a_body_without_a_length_is_counted_as_it_comes() {
        let chunks = futures_util::stream::iter([Ok::<_, std::io::Error>("123"), Ok("456")]);
        let request = Request::new(axum::body::Body::from_stream(chunks));
        let refused = Body::<5>::from_request(request, &()).await.expect_err("six bytes");
        assert_eq!(refused.status(), 413);
    }

    #[tokio::test]
    async fn rh_479_a_body_that_breaks_off_is_400() {
        let chunks = futures_util::stream::iter([Ok("123"), Err(std::io::Error::other("gone"))]);
        let request = Request::new(axum::body::Body::from_stream(chunks));
        let refused = Body::<5>::from_request(request, &()).await.expect_err("half a body");
        assert_eq!(refused.status(), 400);
    }
}
