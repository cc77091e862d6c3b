//! The cookies that the client sent.

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
    let lines = headers.get_all(header::COOKIE);
    let pairs = lines.iter().flat_map(|line| line.as_bytes().split(|it| *it == b';'));
    let mut cookies: Vec<(String, String)> = Vec::new();
    let mut bytes = 0;
    for (n_pairs, pair) in pairs.enumerate() {
        bytes += pair.len() + 1;
        if n_pairs == PAIRS || bytes > BYTES {
            tracing::debug!(read = n_pairs, "a request has more cookies than are read");
            break;
        }
        let Some((name, value)) = cookie(pair) else {
            continue;
        };
        match cookies.iter_mut().find(|(it, _)| *it == name) {
            Some((_, earlier)) => *earlier = value,
            None => cookies.push((name, value)),
        }
    }
    cookies
}

/// One pair; none when there is no name.
///
/// RH-153: cut at the first equals sign. RH-156: the spaces after the semicolon are all that is taken away,
/// so that no two names that a browser keeps apart become one here: that is how a cookie is slipped past the
/// rules for `__Host-`. A name is not decoded, for the same reason.
fn cookie(pair: &[u8]) -> Option<(String, String)> {
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
    Some((String::from_utf8_lossy(name).into_owned(), decoded(value)))
}
