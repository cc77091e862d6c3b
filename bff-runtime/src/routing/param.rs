use std::str::FromStr;

use axum::response::{IntoResponse, Response};
use http::{StatusCode, Uri};

use super::path;
use crate::error::Problem;

/// A type that a `[name]` param can have: anything that parses from text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a param: it does not parse from text",
    label = "no `FromStr` for this type",
    note = "a `[name]` param has a type that implements `std::str::FromStr`, such as `u64`, `String` or one of yours",
    note = "`[...name]` is a `Vec<T>` and `[[...name]]` an `Option<Vec<T>>` of such types"
)]
pub trait FromSegment: Sized {
    /// Parses the decoded segment.
    fn from_segment(segment: &str) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr> FromSegment for T {
    fn from_segment(segment: &str) -> Option<Self> {
        segment.parse().ok()
    }
}

/// The type of a `[...name]` param.
#[diagnostic::on_unimplemented(
    message = "a `[...name]` param is a `Vec<T>`, not `{Self}`",
    label = "write `Vec<String>`, or `Vec<T>` of a type that implements `FromStr`"
)]
pub trait FromRest: Sized {
    /// Parses the rest of a path, still encoded.
    fn from_rest(rest: &str) -> Result<Self, Refused>;
}

impl<T: FromSegment> FromRest for Vec<T> {
    fn from_rest(rest: &str) -> Result<Self, Refused> {
        rest.split('/').map(one).collect()
    }
}

/// The type of a `[[...name]]` param.
#[diagnostic::on_unimplemented(
    message = "a `[[...name]]` param is an `Option<Vec<T>>`, not `{Self}`",
    label = "write `Option<Vec<String>>`; `None` is the bare folder"
)]
pub trait FromOptionalRest: Sized {
    /// Parses the rest of a path, still encoded, if there is any.
    fn from_optional_rest(rest: Option<&str>) -> Result<Self, Refused>;
}

impl<T: FromSegment> FromOptionalRest for Option<Vec<T>> {
    fn from_optional_rest(rest: Option<&str>) -> Result<Self, Refused> {
        rest.map(Vec::from_rest).transpose()
    }
}

/// Why a param was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Its escapes are broken (RH-028).
    Encoding,
    /// It does not parse to its type (RH-030).
    Value,
}

impl Refused {
    /// 400 for broken escapes; for a wrong value the route's own status, 404 unless it says 400.
    #[cold]
    fn into_response(self, invalid: u16) -> Response {
        match self {
            Self::Encoding => bad_encoding(),
            Self::Value if invalid == 400 => Problem::new(StatusCode::BAD_REQUEST)
                .detail("a value in the path is not valid")
                .into_response(),
            Self::Value => Problem::new(StatusCode::NOT_FOUND).into_response(),
        }
    }
}

/// The answer to a path with broken escapes (RH-028).
#[cold]
pub(crate) fn bad_encoding() -> Response {
    Problem::new(StatusCode::BAD_REQUEST)
        .detail("the path is not validly percent-encoded")
        .into_response()
}

fn one<T: FromSegment>(segment: &str) -> Result<T, Refused> {
    if segment.bytes().any(|byte| byte == b'%') {
        let decoded = path::decode(segment).ok_or(Refused::Encoding)?;
        return T::from_segment(&decoded).ok_or(Refused::Value);
    }
    T::from_segment(segment).ok_or(Refused::Value)
}

/// The `[name]` param at this path segment.
#[expect(clippy::result_large_err, reason = "the error is the response")]
pub fn param<T: FromSegment>(uri: &Uri, index: usize, invalid: u16) -> Result<T, Response> {
    one(path::segment(uri.path(), index)).map_err(|refused| refused.into_response(invalid))
}

/// The `[...name]` param that begins at this path segment.
#[expect(clippy::result_large_err, reason = "the error is the response")]
pub fn catch_all<T: FromRest>(uri: &Uri, index: usize, invalid: u16) -> Result<T, Response> {
    T::from_rest(path::rest(uri.path(), index).unwrap_or(""))
        .map_err(|refused| refused.into_response(invalid))
}

/// The `[[...name]]` param that begins at this path segment.
#[expect(clippy::result_large_err, reason = "the error is the response")]
pub fn optional_catch_all<T: FromOptionalRest>(
    uri: &Uri,
    index: usize,
    invalid: u16,
) -> Result<T, Response> {
    T::from_optional_rest(path::rest(uri.path(), index))
        .map_err(|refused| refused.into_response(invalid))
}
