//! What becomes of the headers of a request beyond those of one connection.

use http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts};

/// The host that the client asked for; that of the target wins (RFC 9112 section 3.2.2).
pub(super) fn requested_host(parts: &Parts) -> Result<Option<HeaderValue>, &'static str> {
    let mut hosts = parts.headers.get_all(header::HOST).iter();
    let host = hosts.next();
    if hosts.next().is_some() {
        return Err("a request has more than one host");
    }
    let authority = parts.uri.authority();
    Ok(match authority {
        Some(authority) => HeaderValue::from_str(authority.as_str()).ok(),
        None => host.cloned(),
    })
}

/// Those of these names, with what a body or an upgrade means nothing without.
pub(super) fn selected(headers: &HeaderMap, only: &[HeaderName], upgrade: bool) -> HeaderMap {
    let body =
        [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::CONTENT_LENGTH, header::VIA];
    headers
        .iter()
        .filter(|(name, _)| {
            only.contains(name)
                || body.contains(name)
                || (upgrade && name.as_str().starts_with("sec-websocket-"))
        })
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// HTTP/2 cuts cookies into several lines, which HTTP/1.1 knows as one (RFC 9113 section 8.2.3).
pub(super) fn join_cookies(headers: &mut HeaderMap) {
    let lines: Vec<_> = headers.get_all(header::COOKIE).iter().map(HeaderValue::as_bytes).collect();
    if lines.len() > 1
        && let Ok(line) = HeaderValue::from_bytes(&lines.join(&b"; "[..]))
    {
        headers.insert(header::COOKIE, line);
    }
}
