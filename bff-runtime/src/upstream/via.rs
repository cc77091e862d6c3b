//! `Via` (RFC 9110 section 7.6.3), and with it the guard against loops (RW-39).

use std::{
    hash::{BuildHasher, RandomState},
    sync::LazyLock,
};

use http::{HeaderMap, HeaderValue, Version, header};

/// The name under which this process is known on the way of a request. Drawn at start, so nobody else has it, and
/// it tells nothing about the machine.
static PSEUDONYM: LazyLock<String> =
    LazyLock::new(|| format!("bff-{:016x}", RandomState::new().hash_one("via")));

/// More gateways on the way of one request than any network has. It ends loops between several instances of an
/// app, none of which may see the request twice for long.
const MOST_HOPS: usize = 20;

/// Whether the request has been here before, or everywhere.
pub(super) fn loops(headers: &HeaderMap) -> bool {
    let mut hops = 0;
    for line in headers.get_all(header::VIA) {
        for hop in line.as_bytes().split(|&byte| byte == b',') {
            hops += 1;
            let mut words =
                hop.split(|byte| matches!(byte, b' ' | b'\t')).filter(|it| !it.is_empty());
            if words.nth(1) == Some(PSEUDONYM.as_bytes()) {
                return true;
            }
        }
    }
    hops >= MOST_HOPS
}

/// Adds this hop: the version in which the request came, and the pseudonym.
pub(super) fn add(headers: &mut HeaderMap, version: Version) {
    let version = match version {
        Version::HTTP_10 => "1.0",
        Version::HTTP_2 => "2",
        Version::HTTP_3 => "3",
        _ => "1.1",
    };
    if let Ok(hop) = HeaderValue::try_from(format!("{version} {}", *PSEUDONYM)) {
        headers.append(header::VIA, hop);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rw_39_a_request_that_comes_back_is_recognised() {
        let mut headers = HeaderMap::new();
        headers.append(header::VIA, HeaderValue::from_static("1.1 a, 1.0 b (bff)"));
        assert!(!loops(&headers));
        add(&mut headers, Version::HTTP_2);
        assert!(loops(&headers));
        let line = format!("1.1 c,2.0\t{} (comment), 1.1 d", *PSEUDONYM);
        let headers = HeaderMap::from_iter([(header::VIA, HeaderValue::try_from(line).unwrap())]);
        assert!(loops(&headers));
    }

    #[test]
    fn rw_39_a_way_is_not_endless() {
        for (hops, expected) in [(MOST_HOPS - 1, false), (MOST_HOPS, true)] {
            let line = vec!["1.1 x"; hops].join(", ");
            let headers =
                HeaderMap::from_iter([(header::VIA, HeaderValue::try_from(line).unwrap())]);
            assert_eq!(loops(&headers), expected, "{hops}");
        }
    }
}
