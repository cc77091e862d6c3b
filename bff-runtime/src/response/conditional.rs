use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderName, Method, StatusCode, header};

use super::{
    Etag, http_date,
    preconditions::{Validators, unchanged, unmet},
    ranges,
};
use crate::Problem;

/// The headers of a GET or HEAD by which the client wants less than the whole response (RFC 9110 sections 13
/// and 14): what it has already, from which state on, which ranges (RH-196, RH-197, V50).
#[derive(Debug)]
pub(crate) struct Conditions {
    headers: HeaderMap,
    is_get: bool,
}

const NAMES: [HeaderName; 6] = [
    header::IF_MATCH,
    header::IF_UNMODIFIED_SINCE,
    header::IF_NONE_MATCH,
    header::IF_MODIFIED_SINCE,
    header::RANGE,
    header::IF_RANGE,
];

impl Conditions {
    /// Keeps them while the handler has the request.
    pub(crate) fn of(request: &Request) -> Option<Self> {
        let is_get = request.method() == Method::GET;
        if !is_get && request.method() != Method::HEAD {
            return None;
        }
        let mut headers = HeaderMap::new();
        for name in NAMES {
            for value in request.headers().get_all(&name) {
                headers.append(&name, value.clone());
            }
        }
        (!headers.is_empty()).then_some(Self { headers, is_get })
    }

    /// Answers 304, 412, 206 or 416 in place of a 200 when that is what they come to.
    pub(crate) fn apply(&self, response: &mut Response) {
        // Conditions are about what would be sent otherwise (section 13.2.1).
        if response.status() != StatusCode::OK {
            return;
        }
        let current = Validators::of(response.headers());
        if current.are_known() {
            if unmet(&self.headers, &current) {
                return replace(response, Problem::new(StatusCode::PRECONDITION_FAILED));
            }
            if unchanged(&self.headers, &current) {
                return not_modified(response);
            }
        }
        if self.is_get
            && let Some(range) = self.range(&current)
            && let Err(problem) = ranges::cut(response, range)
        {
            replace(response, *problem);
        }
    }

    /// The range, when there is one and the client has seen this state (sections 13.1.5, 14.2).
    fn range(&self, current: &Validators) -> Option<&http::HeaderValue> {
        let mut lines = self.headers.get_all(header::RANGE).iter();
        let range = lines.next().filter(|_| lines.next().is_none())?;
        let Some(seen) = self.headers.get(header::IF_RANGE) else { return Some(range) };
        let is_current = match (Etag::from_header(seen), http_date::parse(seen)) {
            (Some(seen), _) => current.etag.as_ref().is_some_and(|etag| etag.is_strongly(&seen)),
            (None, Some(date)) => current.is_surely_of(date),
            (None, None) => false,
        };
        is_current.then_some(range)
    }
}

/// 304: what the client has is good (section 15.4.5). What describes the body goes with it; the rest stays, above
/// all what guides caches.
fn not_modified(response: &mut Response) {
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.body_mut() = Body::empty();
    let headers = response.headers_mut();
    forget(headers, &OF_A_BODY);
    if headers.contains_key(header::ETAG) {
        headers.remove(header::LAST_MODIFIED);
    }
}

/// A problem instead. What is not about the body stays: cookies, what CORS allows.
fn replace(response: &mut Response, problem: Problem) {
    let (problem, body) = problem.into_response().into_parts();
    *response.status_mut() = problem.status;
    *response.body_mut() = body;
    let headers = response.headers_mut();
    forget(headers, &OF_A_BODY);
    forget(headers, &OF_A_STATE);
    headers.extend(problem.headers);
    response.extensions_mut().extend(problem.extensions);
}

fn forget(headers: &mut HeaderMap, names: &[HeaderName]) {
    for name in names {
        headers.remove(name);
    }
}

const OF_A_BODY: [HeaderName; 6] = [
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_DISPOSITION,
    header::ACCEPT_RANGES,
];

const OF_A_STATE: [HeaderName; 4] =
    [header::ETAG, header::LAST_MODIFIED, header::CACHE_CONTROL, header::EXPIRES];

#[cfg(test)]
mod tests;
