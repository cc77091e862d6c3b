//! The cookies that the client sent.

use std::borrow::Cow;

use http::{HeaderMap, header};

use super::value::decoded;

/// Pairs that are read of one request: as many as Chromium keeps for a site, and more than the 50 that RFC
/// 6265bis section 6.1 asks of every browser. What comes later is not seen.
const PAIRS: usize = 180;

/// Bytes that are read of one request: as much as the server takes for a whole head. The pair that goes
/// beyond, and what comes later, is not seen.
const BYTES: usize = 32 * 1024;

/// Names and decoded values in the order in which the names came first; the last value of a name counts
/// (RH-154).
///
/// Sections 5.8.1 and RFC 9113 section 8.2.3 allow several `Cookie` lines; they are one list.
pub(super) fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    let mut cookies: Vec<(String, String)> = Vec::new();
    for (name, value) in pairs(headers) {
        let (name, value) = (name.into_owned(), decoded(value).into_owned());
        match cookies.iter_mut().find(|(it, _)| *it == name) {
            Some((_, earlier)) => *earlier = value,
            None => cookies.push((name, value)),
        }
    }
    cookies
}

/// The decoded value of the cookie with this name, as [`cookies`] has it, without reading the others.
pub(crate) fn cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    cookie_text(headers, name).map(Cow::into_owned)
}

/// As [`cookie_value`], without a copy of a value that needs no decoding.
pub(crate) fn cookie_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<Cow<'a, str>> {
    pairs(headers).filter(|(own, _)| own == name).last().map(|(_, value)| decoded(value))
}

/// The raw values of the cookies with this name, in order.
pub(crate) fn cookie_pairs<'a>(
    headers: &'a HeaderMap,
    name: &'a str,
) -> impl Iterator<Item = &'a [u8]> {
    pairs(headers).filter(move |(own, _)| own == name).map(|(_, value)| value)
}

/// The decoded value of the cookie with this name when there is no doubt which one it is: of several that differ,
/// some were set by another host or for another path, and none counts.
pub(crate) fn sole_cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = pairs(headers).filter(|(own, _)| own == name).map(|(_, value)| value);
    let first = values.next()?;
    values.all(|other| other == first).then(|| decoded(first).into_owned())
}

/// Names and raw values in order, within the bounds.
fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (Cow<'_, str>, &[u8])> {
    let lines = headers.get_all(header::COOKIE);
    let pairs = lines.iter().flat_map(|line| line.as_bytes().split(|it| *it == b';'));
    let mut bytes = 0;
    let is_read = move |(n_pairs, pair): &(usize, &[u8])| {
        bytes += pair.len() + 1;
        let is_read = *n_pairs < PAIRS && bytes <= BYTES;
        if !is_read {
            tracing::debug!(read = n_pairs, "a request has more cookies than are read");
        }
        is_read
    };
    pairs.enumerate().take_while(is_read).filter_map(|(_, pair)| pair_of(pair))
}

/// One pair; none when there is no name.
///
/// RH-153: cut at the first equals sign. RH-156: the spaces after the semicolon are all that is taken away,
/// so that no two names that a browser keeps apart become one here: that is how a cookie is slipped past the
/// rules for `__Host-`. A name is not decoded, for the same reason.
fn pair_of(pair: &[u8]) -> Option<(Cow<'_, str>, &[u8])> {
    let start = pair.iter().position(|it| *it != b' ')?;
    let pair = &pair[start..];
    let (name, value) = match pair.iter().position(|it| *it == b'=') {
        Some(at) => (&pair[..at], &pair[at + 1..]),
        // RH-156 has `true` for it, but then nothing tells it from `noval=true`. A browser sends it for a
        // cookie without a name (section 5.8.3), so nothing was set to anything.
        None => (pair, &b""[..]),
    };
    if name.is_empty() {
        return None;
    }
    Some((String::from_utf8_lossy(name), value))
}
