use http::{HeaderMap, HeaderValue, header};

/// A strong entity tag of these bytes (RFC 9110 section 8.8.3): their FNV-1a hash and their length.
///
/// The same on every machine and in every version, so instances behind a balancer agree.
pub(super) fn etag(bytes: &[u8]) -> HeaderValue {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    // Hexadecimal digits and quotes are always a valid value.
    HeaderValue::try_from(format!("\"{hash:016x}-{:x}\"", bytes.len()))
        .unwrap_or(HeaderValue::from_static("\"\""))
}

/// True when the client says that it has the representation with this tag (section 13.1.2), and does not ask for it
/// anew with `Cache-Control: no-cache`.
pub(super) fn is_fresh(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let no_cache = lists(request, header::CACHE_CONTROL)
        .any(|directive| directive.eq_ignore_ascii_case("no-cache"));
    !no_cache
        && lists(request, header::IF_NONE_MATCH).any(|tag| {
            // The comparison is the weak one, and our own tags have no commas.
            tag == "*" || tag.strip_prefix("W/").unwrap_or(tag).as_bytes() == etag.as_bytes()
        })
}

/// The items of a header that is a list.
fn lists(headers: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_485_a_tag_depends_on_the_bytes_alone() {
        assert_eq!(etag(b""), "\"cbf29ce484222325-0\"");
        assert_eq!(etag(b"a"), "\"af63dc4c8601ec8c-1\"");
        assert_ne!(etag(b"ab"), etag(b"ba"));
    }

    #[test]
    fn rh_485_if_none_match_is_compared_weakly() {
        for (headers, expected) in [
            (&[][..], false),
            (&[("if-none-match", "\"x\"")], true),
            (&[("if-none-match", "W/\"x\"")], true),
            (&[("if-none-match", "\"a\", \"x\"")], true),
            (&[("if-none-match", "\"a\""), ("if-none-match", "\"x\"")], true),
            (&[("if-none-match", "*")], true),
            (&[("if-none-match", "x")], false),
            (&[("if-none-match", "\"a\"")], false),
            (&[("if-none-match", "\"x\""), ("cache-control", "no-cache")], false),
            (&[("if-none-match", "\"x\""), ("cache-control", "max-age=0, NO-CACHE")], false),
            (&[("if-none-match", "\"x\""), ("cache-control", "max-age=0")], true),
        ] {
            let mut request = HeaderMap::new();
            for &(name, value) in headers {
                request.append(name, HeaderValue::from_static(value));
            }
            assert_eq!(
                is_fresh(&request, &HeaderValue::from_static("\"x\"")),
                expected,
                "{headers:?}"
            );
        }
    }
}
