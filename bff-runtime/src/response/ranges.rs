use std::{
    hash::{BuildHasher, Hasher, RandomState},
    ops::Range,
};

use axum::{body::Bytes, response::Response};
use http::{HeaderValue, StatusCode, header};
use http_body::Body as _;

use super::{
    range::Ranges,
    source::{Piece, Source},
};
use crate::Problem;

/// What a response says about ranges of its body.
#[derive(Clone)]
struct Allowed(Source);

/// Lets a response be sent in ranges of this source, which is its body.
pub(super) fn allow_ranges(response: &mut Response, source: Source) {
    response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    response.extensions_mut().insert(Allowed(source));
}

/// The same for a response that is made again from what it was: it allows ranges when its headers say so.
pub(crate) fn allow_ranges_again(response: &mut Response, body: &Bytes) {
    if response.headers().get(header::ACCEPT_RANGES).is_some_and(|unit| unit == "bytes") {
        response.extensions_mut().insert(Allowed(Source::Memory(body.clone())));
    }
}

/// The ranges that a client asks for, out of a 200 response that allows them (RFC 9110 section 14.2).
///
/// # Errors
/// 416 when there is nothing of what is asked for.
pub(super) fn cut(response: &mut Response, range: &HeaderValue) -> Result<(), Box<Problem>> {
    let Some(Allowed(source)) = response.extensions_mut().remove::<Allowed>() else {
        return Ok(());
    };
    let length = source.length();
    // A body that was replaced since is sent whole.
    if response.body().size_hint().exact() != Some(length) {
        return Ok(());
    }
    let ranges = match Ranges::parse(range.to_str().unwrap_or_default(), length) {
        Ranges::Ignored => return Ok(()),
        Ranges::Unsatisfiable => {
            let range = HeaderValue::try_from(format!("bytes */{length}"));
            let mut problem = Problem::new(StatusCode::RANGE_NOT_SATISFIABLE);
            if let Ok(range) = range {
                problem = problem.header(header::CONTENT_RANGE, range);
            }
            return Err(Box::new(problem));
        }
        Ranges::Some(ranges) => ranges,
    };
    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    response.headers_mut().remove(header::CONTENT_LENGTH);
    match &*ranges {
        [range] => {
            if let Ok(value) = HeaderValue::try_from(content_range(range, length)) {
                response.headers_mut().insert(header::CONTENT_RANGE, value);
            }
            *response.body_mut() = source.pieces([Piece::Range(range.clone())]);
        }
        _ => several(response, source, ranges),
    }
    Ok(())
}

fn content_range(range: &Range<u64>, length: u64) -> String {
    format!("bytes {}-{}/{length}", range.start, range.end - 1)
}

/// Several ranges are parts of one body, each with its own head (section 14.6).
fn several(response: &mut Response, source: Source, ranges: Vec<Range<u64>>) {
    let boundary = boundary();
    let kind = HeaderValue::try_from(format!("multipart/byteranges; boundary={boundary}"));
    let kind = kind.ok().and_then(|kind| response.headers_mut().insert(header::CONTENT_TYPE, kind));
    let kind = kind.as_ref().and_then(|kind| kind.to_str().ok());
    let length = source.length();
    let mut pieces = Vec::with_capacity(2 * ranges.len() + 1);
    for range in ranges {
        let mut head = format!("\r\n--{boundary}\r\n");
        if let Some(kind) = kind {
            head.push_str(&format!("content-type: {kind}\r\n"));
        }
        head.push_str(&format!("content-range: {}\r\n\r\n", content_range(&range, length)));
        pieces.extend([Piece::Text(Bytes::from(head)), Piece::Range(range)]);
    }
    pieces.push(Piece::Text(Bytes::from(format!("\r\n--{boundary}--\r\n"))));
    *response.body_mut() = source.pieces(pieces);
}

/// A line that stands in no file: 128 bits that nobody can know before (the hashers' keys are random).
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}
