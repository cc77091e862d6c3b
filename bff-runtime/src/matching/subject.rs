use std::borrow::Cow;

use http::{HeaderMap, Request, header};

use super::query;
use crate::cookies::cookie_value;

/// The head of a request, as far as rules look at it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The path, percent-encoded as received (PP-14), without the base path (MT-16).
    pub path: &'a str,
    /// The query without `?`.
    pub query: Option<&'a str>,
    /// The host of the URI, with its port; without one it is that of the `Host` header.
    pub host: Option<&'a str>,
    /// The headers.
    pub headers: &'a HeaderMap,
}

impl<'a> Subject<'a> {
    /// The head of this request. HTTP/2 requests and the absolute form have the host in the URI (RFC 9112 section
    /// 3.2.2). The header is looked for when a rule asks for the host, which few do.
    ///
    /// ```
    /// use bff::__private::matching::Subject;
    ///
    /// let request = http::Request::get("http://example.com:80/a?b=1").body(())?;
    /// let subject = Subject::of(&request);
    /// assert_eq!((subject.path, subject.query, subject.host), ("/a", Some("b=1"), Some("example.com:80")));
    /// # Ok::<(), http::Error>(())
    /// ```
    pub fn of<B>(request: &'a Request<B>) -> Self {
        let uri = request.uri();
        Self {
            path: uri.path(),
            query: uri.query(),
            host: uri.authority().map(|authority| authority.as_str()),
            headers: request.headers(),
        }
    }

    /// The values of a header, joined as one field (RFC 9110 section 5.3). Bytes that are not UTF-8 are replaced.
    pub(super) fn header(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut values = self.headers.get_all(name).iter();
        let first = String::from_utf8_lossy(values.next()?.as_bytes());
        // RFC 9113 section 8.2.3: the only header that HTTP/2 splits at another sign.
        let separator = if name == "cookie" { "; " } else { ", " };
        Some(values.fold(first, |joined, value| {
            Cow::Owned(format!("{joined}{separator}{}", String::from_utf8_lossy(value.as_bytes())))
        }))
    }

    /// The cookie with this name, as a handler sees it (HM-06): a check must not read another value than what it
    /// protects.
    pub(super) fn cookie(&self, name: &str) -> Option<Cow<'a, str>> {
        cookie_value(self.headers, name).map(Cow::Owned)
    }

    /// The decoded values of a name in the query, in order.
    pub(super) fn query(&self, name: &str) -> Vec<Cow<'a, str>> {
        let pairs = query::pairs(self.query.unwrap_or(""));
        pairs
            .filter(|(own, _)| query::decoded(own) == name)
            .map(|(_, value)| query::decoded(value.unwrap_or("")))
            .collect()
    }

    /// The host in lower case, without port (HM-02).
    pub(super) fn host_name(&self) -> Option<Cow<'a, str>> {
        let header = || self.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = self.host.or_else(header)?;
        // An address in brackets has colons of its own.
        let end = match host.rfind(']') {
            Some(bracket) => bracket + 1,
            None => host.find(':').unwrap_or(host.len()),
        };
        let name = &host[..end];
        Some(if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        })
    }
}
