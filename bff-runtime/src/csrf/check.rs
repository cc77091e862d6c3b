use axum::extract::Request;
use http::{HeaderMap, HeaderName, Method, StatusCode, header};

use super::Csrf;
use crate::{
    Problem,
    cors::Cors,
    observe::{one_line, security_event},
    request::{Caller, only},
};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Looks at who has made a browser send a request. `cors` is the policy for it, if there is one.
///
/// # Errors
/// 403 when it was a page of another site.
#[inline]
pub(crate) fn check(
    csrf: &Csrf,
    cors: Option<&Cors>,
    request: &Request,
) -> Result<(), Box<Problem>> {
    if !csrf.enabled || is_safe(request.method()) {
        return Ok(());
    }
    if !request.headers().contains_key(header::COOKIE) || is_welcome(csrf, cors, request) {
        return Ok(());
    }
    Err(refused(request.headers()))
}

/// RFC 9110 section 9.2.1.
fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE)
}

fn is_welcome(csrf: &Csrf, cors: Option<&Cors>, request: &Request) -> bool {
    let headers = request.headers();
    // Sent twice, it is not from a browser alone, and says nothing good.
    let site = match headers.contains_key(&SEC_FETCH_SITE) {
        true => only(headers, &SEC_FETCH_SITE).map_or(&b""[..], |site| site.as_bytes()),
        false => {
            let caller = Caller::of(request.uri(), headers, request.extensions());
            return !matches!(caller, Caller::OtherOrigin(_)) || is_trusted(csrf, cors, headers);
        }
    };
    matches!(site, b"same-origin" | b"none") || is_trusted(csrf, cors, headers)
}

fn is_trusted(csrf: &Csrf, cors: Option<&Cors>, headers: &HeaderMap) -> bool {
    let Some(origin) = only(headers, &header::ORIGIN) else { return false };
    let origin = origin.as_bytes();
    csrf.trusted_origins.iter().any(|trusted| trusted.allows(origin))
        || cors.is_some_and(|cors| cors.lets_act(origin))
}

#[cold]
fn refused(headers: &HeaderMap) -> Box<Problem> {
    let said = |name: &HeaderName| {
        let value = headers.get(name).map_or(&b""[..], |value| value.as_bytes());
        one_line(&String::from_utf8_lossy(&value[..value.len().min(256)]))
    };
    security_event!(
        WARN,
        "csrf_refused",
        origin = said(&header::ORIGIN),
        sec_fetch_site = said(&SEC_FETCH_SITE);
        "refused a request that a page of another site has caused; `trusted_origins` of `csrf` lets a page in"
    );
    let detail = "a page of another site has caused this request";
    Box::new(Problem::new(StatusCode::FORBIDDEN).detail(detail))
}
