//! From the store to the response, once.

use http::{HeaderMap, HeaderValue, header};

use super::{Cookie, Cookies};

impl Cookies {
    /// Appends what was set to the `Set-Cookie` lines that the response has; those stay as they are, byte by
    /// byte and in front (RH-179, RH-180).
    ///
    /// A cookie that the response sets itself is not set again: the handler returned it last.
    pub(crate) fn commit(&self, headers: &mut HeaderMap) {
        let changes = self.state().close();
        if changes.is_empty() {
            return;
        }
        let own: Vec<_> = headers.get_all(header::SET_COOKIE).iter().filter_map(cookie).collect();
        for change in changes {
            if own.iter().all(|it| it.identity() != change.identity()) {
                headers.append(header::SET_COOKIE, change.to_header_value());
            }
        }
    }

    /// Drops what was set: the handler failed (RH-077).
    pub(crate) fn discard(&self) {
        self.state().close();
    }
}

/// The cookie of a line, when a browser would take it.
pub(super) fn cookie(line: &HeaderValue) -> Option<Cookie> {
    Cookie::parse_set_cookie(line).ok()
}
