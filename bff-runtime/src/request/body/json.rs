use axum::extract::{FromRequest, Request};
use http::StatusCode;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use super::{
    content_type::ContentType,
    depth::is_deeper,
    failure::{Result, problem, too_deep, unfit, unsupported},
    json_limits::JsonLimits,
    read::read,
    text::without_mark,
};
use crate::{
    Error, Json, Problem,
    request::{mismatch::Mismatch, pointer::Pointer},
    valid::Words,
};

impl<T> Json<T>
where
    T: DeserializeOwned,
{
    /// Parses bytes that were read before, whatever their content type: after the check of a signature (RH-121), or
    /// where clients send JSON without saying so (RH-106).
    ///
    /// ```
    /// use bff::Json;
    ///
    /// let Json(numbers) = Json::<Vec<u8>>::from_bytes(b"[1, 2]").unwrap();
    /// assert_eq!(numbers, [1, 2]);
    /// assert_eq!(Json::<Vec<u8>>::from_bytes(b"[1, 2").unwrap_err().status(), 400);
    /// assert_eq!(Json::<Vec<u8>>::from_bytes(b"[1, 256]").unwrap_err().status(), 422);
    /// ```
    ///
    /// # Errors
    /// 400 when the bytes are not JSON, 422 when they are JSON but not a `T`; as for the extractor, with the default
    /// [`JsonLimits`](crate::request::JsonLimits).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Ok(Self(parse(bytes, JsonLimits::new(), &Words::default())?))
    }
}

/// The body of a request as JSON. The content type is checked before anything is read.
pub(in crate::request) async fn json<T: DeserializeOwned>(request: Request) -> Result<Json<T>> {
    if !ContentType::says_json(request.headers()) {
        return Err(unsupported("application/json or application/*+json"));
    }
    let limits = JsonLimits::of(request.extensions());
    let words = Words::of(request.extensions(), request.headers());
    Ok(Json(parse(&read(request).await?, limits, &words)?))
}

impl<T, S> FromRequest<S> for Json<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        json(request).await.map_err(|problem| *problem)
    }
}

/// RFC 8259 section 8.1: a byte order mark may be ignored, and the Fetch standard's `json()` does.
fn parse<T: DeserializeOwned>(bytes: &[u8], limits: JsonLimits, words: &Words) -> Result<T> {
    let bytes = without_mark(bytes);
    if bytes.is_empty() {
        return Err(problem(StatusCode::BAD_REQUEST, "the body is empty, JSON was expected"));
    }
    if is_deeper(bytes, limits.depth) {
        return Err(too_deep(limits.depth));
    }
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Data => not_a::<T>(bytes, &error, words),
        Category::Syntax | Category::Eof | Category::Io => not_json(&error),
    })
}

/// 400, with the place.
#[cold]
fn not_json(error: &serde_json::Error) -> Box<Problem> {
    let detail = format!("the body is not JSON: {error}");
    let mut problem = problem(StatusCode::BAD_REQUEST, detail);
    *problem = problem.with("line", error.line()).with("column", error.column());
    problem
}

/// 422, with a pointer to the value. To know where it is the body is parsed once more: bodies that are right, which
/// most are, do not pay for the bookkeeping.
#[cold]
fn not_a<T: DeserializeOwned>(
    bytes: &[u8],
    error: &serde_json::Error,
    words: &Words,
) -> Box<Problem> {
    // serde stops at the first value that does not fit; bad syntax after it comes first all the same.
    if let Err(error) = serde_json::from_slice::<IgnoredAny>(bytes) {
        return not_json(&error);
    }
    let mut again = serde_json::Deserializer::from_slice(bytes);
    let pointer = match serde_path_to_error::deserialize::<_, T>(&mut again) {
        Err(found) => Pointer::new(found.path()),
        Ok(_) => Pointer::default(),
    };
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    unfit(Mismatch::of_serde(text.strip_suffix(&place).unwrap_or(&text), pointer), words)
}

#[cfg(test)]
mod tests;
