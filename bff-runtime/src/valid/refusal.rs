use std::any::Any;

use axum::{
    extract::{path::ErrorKind, rejection::PathRejection},
    response::{IntoResponse, Response},
};
use http::StatusCode;

use super::wording::Words;
use crate::{
    Error,
    request::{Mismatch, Pointer},
};

/// The answer of an extractor that has nothing to validate. That of axum's `Path` is a text with the names of Rust
/// types in it; the others speak for themselves.
#[cold]
pub(super) fn refusal<R: IntoResponse + 'static>(rejection: R, words: &Words) -> Response {
    match (&rejection as &dyn Any).downcast_ref() {
        Some(rejection) => of_path(rejection, words),
        None => rejection.into_response(),
    }
}

fn of_path(rejection: &PathRejection, words: &Words) -> Response {
    let PathRejection::FailedToDeserializePathParams(error) = rejection else {
        return Error::msg(rejection).into_response();
    };
    let expected = |name: &str| format!("invalid type: a text, expected {name}");
    let mismatch = match error.kind() {
        ErrorKind::ParseErrorAtKey { key, expected_type, .. } => {
            Mismatch::of_serde(&expected(expected_type), Pointer::member(key))
        }
        ErrorKind::ParseErrorAtIndex { index, expected_type, .. } => {
            Mismatch::of_serde(&expected(expected_type), Pointer::member(&index.to_string()))
        }
        ErrorKind::ParseError { expected_type, .. } => {
            Mismatch::of_serde(&expected(expected_type), Pointer::default())
        }
        ErrorKind::DeserializeError { key, message, .. } => {
            Mismatch::of_serde(message, Pointer::member(key))
        }
        ErrorKind::Message(message) => Mismatch::of_serde(message, Pointer::default()),
        ErrorKind::InvalidUtf8InPathParam { key } => {
            Mismatch::new(Pointer::member(key), "not_text", "the value is not UTF-8")
        }
        // A `T` that no path of the route can fill: a mistake of the program.
        _ => return Error::msg(rejection).into_response(),
    };
    mismatch.problem(StatusCode::BAD_REQUEST, words).into_response()
}
