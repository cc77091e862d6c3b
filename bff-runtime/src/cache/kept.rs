use axum::{body::Body, response::Response};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt;

use super::{entry::Answer, plan::Plan, status};
use crate::{
    pipeline::DefaultHeaders,
    response::{Etag, vary},
};

/// What has become of a response that might be kept.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It is for all who ask the same.
    Keep(Answer),
    /// It is for the one who asked, for a reason.
    Pass(Response, Reason),
}

/// Why an answer is not kept, as `Cache-Status` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// Only what succeeds is kept (RH-255).
    Status,
    /// A cookie is for one client (RH-248).
    SetCookie,
    /// The handler says so (RH-249).
    CacheControl,
    /// The response depends on more than its key holds.
    Vary,
    /// It is too large, or has no end.
    Size,
    /// It never came to its end.
    Body,
    /// A tag is longer than a tag can be.
    Tag,
}

impl Reason {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::SetCookie => "set-cookie",
            Self::CacheControl => "cache-control",
            Self::Vary => "vary",
            Self::Size => "size",
            Self::Body => "body",
            Self::Tag => "tag",
        }
    }
}

/// Collects what may be kept, with what every client is told of it. Of a body that is too large, what was read is put
/// back.
pub(super) async fn outcome(response: Response, plan: &Plan, largest: usize) -> Outcome {
    if let Some(reason) = reason_against(&response, plan) {
        return Outcome::Pass(response, reason);
    }
    let (mut parts, body) = response.into_parts();
    let defaults = parts.extensions.get::<DefaultHeaders>();
    if defaults.is_some_and(|DefaultHeaders(names)| names.contains(&header::CACHE_CONTROL.as_str()))
    {
        // Nobody has asked for it, so the plan says it.
        parts.headers.remove(header::CACHE_CONTROL);
    }
    match collected(body, largest).await {
        Ok(bytes) => {
            prepare(&mut parts.headers, &bytes, plan);
            // Copies take as much memory as there is in them: what was reserved for more headers stays behind, and the
            // buffer that a body is a part of.
            let (headers, body) = (parts.headers.clone(), Bytes::copy_from_slice(&bytes));
            Outcome::Keep(Answer { status: parts.status, headers, body })
        }
        Err((body, reason)) => Outcome::Pass(Response::from_parts(parts, body), reason),
    }
}

fn reason_against(response: &Response, plan: &Plan) -> Option<Reason> {
    let headers = response.headers();
    let status = response.status();
    // A part of an answer is not the answer, and what has none to send has nothing to keep.
    if !status.is_success()
        || matches!(status, StatusCode::PARTIAL_CONTENT | StatusCode::RESET_CONTENT)
    {
        Some(Reason::Status)
    } else if headers.contains_key(header::SET_COOKIE) {
        Some(Reason::SetCookie)
    } else if forbids(headers) {
        Some(Reason::CacheControl)
    } else if plan.depends_on_more(headers) {
        Some(Reason::Vary)
    } else if headers.get(header::CONTENT_TYPE).is_some_and(is_event_stream) {
        Some(Reason::Size)
    } else {
        None
    }
}

/// `no-store`, `private` and `no-cache` (RFC 9111 section 5.2.2), also with an argument.
fn forbids(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::CACHE_CONTROL).iter();
    let mut directives = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    directives.any(|directive| {
        let name = directive.split(|byte| *byte == b'=').next().unwrap_or_default().trim_ascii();
        [&b"no-store"[..], b"private", b"no-cache"]
            .iter()
            .any(|forbidden| name.eq_ignore_ascii_case(forbidden))
    })
}

fn is_event_stream(content_type: &http::HeaderValue) -> bool {
    content_type.as_bytes().to_ascii_lowercase().starts_with(b"text/event-stream")
}

/// The whole body; or the body once more, and why it is not kept.
async fn collected(mut body: Body, largest: usize) -> Result<Bytes, (Body, Reason)> {
    use http_body::Body as _;

    let announced = body.size_hint().lower();
    if usize::try_from(announced).is_ok_and(|announced| announced > largest) {
        return Err((body, Reason::Size));
    }
    let mut read: Option<BytesMut> = None;
    let mut first: Option<Bytes> = None;
    while let Some(frame) = body.frame().await {
        match frame.map(http_body::Frame::into_data) {
            Ok(Ok(data)) => match (&mut read, first.take()) {
                (None, None) => first = Some(data),
                (None, Some(one)) => read = Some([one, data].concat().as_slice().into()),
                (Some(read), _) => read.extend_from_slice(&data),
            },
            // Trailers are of the one transfer.
            Ok(Err(_)) => {}
            Err(error) => {
                let read = joined(first, read);
                let frames = [Ok(read), Err(error)];
                let body = Body::from_stream(futures_util::stream::iter(frames));
                return Err((body, Reason::Body));
            }
        }
        let length = read.as_ref().map_or(0, BytesMut::len) + first.as_ref().map_or(0, Bytes::len);
        if length > largest {
            let read = Ok(joined(first, read));
            let read = futures_util::stream::iter([read]);
            let body = futures_util::StreamExt::chain(read, body.into_data_stream());
            return Err((Body::from_stream(body), Reason::Size));
        }
    }
    Ok(joined(first, read))
}

fn joined(first: Option<Bytes>, read: Option<BytesMut>) -> Bytes {
    first.or_else(|| read.map(BytesMut::freeze)).unwrap_or_default()
}

/// What goes with every response that the entry answers. What was for one response is left out.
fn prepare(headers: &mut HeaderMap, body: &Bytes, plan: &Plan) {
    for name in OF_ONE_RESPONSE {
        headers.remove(name);
    }
    if !headers.contains_key(header::ETAG) {
        headers.insert(header::ETAG, Etag::of(body).to_header());
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, plan.cache_control.clone());
    }
    for name in plan.varies_by() {
        vary(headers, name);
    }
    status::prepare(headers);
}

const OF_ONE_RESPONSE: [&str; 5] =
    ["age", "content-length", "date", "server-timing", "x-request-id"];
