//! What a client is told when its body cannot be read.

use http::StatusCode;
use http_body_util::LengthLimitError;

use super::pace::TooSlow;
use crate::{Problem, request::mismatch::Mismatch, valid::Words};

/// Boxed, because a problem is large and nearly never there.
pub(super) type Result<T, E = Box<Problem>> = std::result::Result<T, E>;

pub(super) fn problem(status: StatusCode, detail: impl Into<String>) -> Box<Problem> {
    Box::new(Problem::new(status).detail(detail.into()))
}

/// A body that can be read and is not what was expected: 422, or 400 for a value that is there twice, which is
/// ambiguous like bad syntax.
#[cold]
pub(super) fn unfit(mismatch: Mismatch, words: &Words) -> Box<Problem> {
    let status = if mismatch.is_ambiguous {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Box::new(mismatch.problem(status, words))
}

/// 413 (RFC 9110 section 15.5.14), with the limit as a member.
pub(crate) fn too_large(what: &str, limit: u64) -> Box<Problem> {
    let detail = format!("{what} is larger than the limit of {limit} bytes");
    Box::new(Problem::new(StatusCode::PAYLOAD_TOO_LARGE).detail(detail).with("limit", limit))
}

/// 413 for what is too many.
pub(super) fn too_many(what: &str, limit: usize) -> Box<Problem> {
    let detail = format!("there are more than {limit} {what}");
    Box::new(Problem::new(StatusCode::PAYLOAD_TOO_LARGE).detail(detail).with("limit", limit))
}

/// 400 for JSON that is nested too deeply, which no reader need accept (RFC 8259 section 9).
#[cold]
pub(super) fn too_deep(limit: usize) -> Box<Problem> {
    let detail = format!("the body is nested deeper than {limit} levels");
    Box::new(Problem::new(StatusCode::BAD_REQUEST).detail(detail).with("limit", limit))
}

/// 415 (RFC 9110 section 15.5.16).
pub(super) fn unsupported(expected: &str) -> Box<Problem> {
    problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("the content type must be {expected}"))
}

/// Why a body could not be read to its end, found among the causes of the error: layers wrap it.
pub(super) fn broken(error: &axum::Error, limit: Option<u64>) -> Box<Problem> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return match limit {
                Some(limit) => too_large("the body", limit),
                None => problem(StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than the limit"),
            };
        }
        if error.is::<TooSlow>() {
            return problem(StatusCode::REQUEST_TIMEOUT, "the body came too slowly");
        }
        cause = error.source();
    }
    tracing::debug!("a body broke off: {error}");
    problem(StatusCode::BAD_REQUEST, "the body broke off before its end")
}
