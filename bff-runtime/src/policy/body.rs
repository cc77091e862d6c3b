use axum::{
    body::Body,
    extract::{DefaultBodyLimit, Request},
};
use http_body::Body as _;
use http_body_util::Limited;

use crate::{Problem, request::too_large};

/// On a request: its handler, or a rule for its path, has said itself how large its body may be. What `[server]` says
/// is for every route alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnBodyLimit;

/// Limits the body of a request to so many bytes; `None` is any number.
///
/// It holds however the body is read: the extractors take it for theirs, and a stream that goes on beyond it fails.
/// A body that is announced to be larger is refused before it is asked for (RH-118, RFC 9110 section 10.1.1).
///
/// # Errors
/// The answer to a body that is announced to be larger: 413.
pub(super) fn limit_body(request: &mut Request, limit: Option<u64>) -> Result<(), Box<Problem>> {
    let Some(limit) = limit else {
        DefaultBodyLimit::disable().apply(request);
        return Ok(());
    };
    let size = request.body().size_hint();
    if size.lower() > limit {
        return Err(too_large("the body", limit));
    }
    if request.body().is_end_stream() {
        return Ok(());
    }
    let bytes = usize::try_from(limit).unwrap_or(usize::MAX);
    DefaultBodyLimit::max(bytes).apply(request);
    // A length that was announced is one that the connection keeps to.
    if size.exact().is_none() {
        let body = std::mem::take(request.body_mut());
        *request.body_mut() = Body::new(Limited::new(body, bytes));
    }
    Ok(())
}
