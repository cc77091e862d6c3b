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

    /// Makes the headers of a request show what was set and deleted, for code that reads them after this: the
    /// pairs of these names are gone, and what is set stands at the end. Other pairs stay byte by byte.
    pub(crate) fn show_changes(&self, headers: &mut HeaderMap) {
        let (names, pairs) = self.state().changed();
        if names.is_empty() {
            return;
        }
        let is_other = |pair: &&[u8]| {
            let start = pair.iter().take_while(|it| **it == b' ').count();
            let name = pair[start..].split(|it| *it == b'=').next().unwrap_or_default();
            !name.is_empty() && names.iter().all(|changed| changed.as_bytes() != name)
        };
        let lines = headers.get_all(header::COOKIE);
        let kept = lines.iter().flat_map(|line| line.as_bytes().split(|it| *it == b';'));
        let mut shown: Vec<&[u8]> = kept.filter(is_other).map(<[u8]>::trim_ascii_start).collect();
        shown.extend(pairs.iter().map(String::as_bytes));
        let shown = shown.join(&b"; "[..]);
        match HeaderValue::from_bytes(&shown) {
            Ok(value) if !shown.is_empty() => {
                headers.insert(header::COOKIE, value);
            }
            _ => {
                headers.remove(header::COOKIE);
            }
        }
    }

    /// Whether the response has left the handler, so that nothing can be set any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.state().is_closed()
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
