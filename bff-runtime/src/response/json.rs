use std::cell::Cell;

use axum::{
    body::Bytes,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::content::content;
use crate::Error;

/// JSON in and out: a body that is parsed to `T`, and a response that is written from `T`.
///
/// ```
/// use bff::Json;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize, Serialize)]
/// struct Post { title: String }
///
/// async fn create(Json(post): Json<Post>) -> Json<Post> {
///     Json(post)
/// }
/// ```
///
/// As an extractor it takes the body, so it is the last argument. The content type is `application/json` or
/// `application/*+json`; it is looked at before anything is read (RH-106). Members that `T` does
/// not have are passed over, unless it has `#[serde(deny_unknown_fields)]`. [`Json::from_bytes`] parses a body that was
/// read before; [`Valid<Json<T>>`](crate::Valid) also holds it to rules.
///
/// # Errors
/// The client is answered with a problem document:
///
/// | status | when |
/// |---|---|
/// | 400 | the body is empty, or no JSON (with `line` and `column`), or has a member of `T` twice |
/// | 400 | it is nested deeper than [`JsonLimits`](crate::request::JsonLimits) allow: 64 levels |
/// | 408 | the client is too slow; see [`RequestExt`](crate::RequestExt) |
/// | 413 | the body is larger than the route allows |
/// | 415 | the content type is not JSON, or its charset is not UTF-8 |
/// | 422 | it is JSON and not a `T`; `errors` say where (`pointer`, RFC 6901) and what ([`code`](crate::valid)) |
///
/// A value that cannot be serialized is answered 500 and logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match write(&self.0) {
            Ok(body) => content("application/json", body),
            Err(error) => Error::from(error).into_response(),
        }
    }
}

thread_local! {
    /// Where values are written before their length is known. It grows to the size of the largest usual
    /// answer and stays, so that a body costs one allocation of exactly its size.
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A scratch larger than this is given back: one huge answer must not hold its memory for good.
const KEPT: usize = 256 * 1024;

fn write(value: &impl Serialize) -> serde_json::Result<Bytes> {
    // Taken, not borrowed: a value that serializes another one on the way finds an empty buffer.
    let mut buffer = SCRATCH.take();
    buffer.clear();
    let body = serde_json::to_writer(&mut buffer, value).map(|()| Bytes::copy_from_slice(&buffer));
    if buffer.capacity() <= KEPT {
        SCRATCH.set(buffer);
    }
    body
}
