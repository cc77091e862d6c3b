use std::{borrow::Cow, fmt};

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const NOT_UNRESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a path cannot hold as it stands. `%` stays: what is encoded is not encoded twice.
const NOT_IN_A_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A value as one segment of an upstream's path: a slash, a question mark or a letter beyond ASCII in it is
/// encoded.
///
/// ```
/// use bff::upstream::segment;
///
/// assert_eq!(format!("/users/{}", segment("a/b?c")), "/users/a%2Fb%3Fc");
/// ```
///
/// `.` and `..` cannot be encoded; a path with one of them is refused when it is used.
pub fn segment(value: &str) -> impl fmt::Display + '_ {
    utf8_percent_encode(value, NOT_UNRESERVED)
}

/// Adds a pair to a query, encoded.
pub(super) fn add_query(query: &mut String, name: &dyn fmt::Display, value: &dyn fmt::Display) {
    let separator = if query.is_empty() { "" } else { "&" };
    query.push_str(separator);
    query.extend(utf8_percent_encode(&name.to_string(), NOT_UNRESERVED));
    query.push('=');
    query.extend(utf8_percent_encode(&value.to_string(), NOT_UNRESERVED));
}

/// The base path with this path below it; `None` when the path would not stay below, or is no path.
///
/// The text is not interpreted further: what an upstream makes of `%2F` is its own affair.
pub(super) fn below(base: &str, path: &str) -> Option<String> {
    if path.contains(['?', '#', '\\']) || climbs(path) {
        return None;
    }
    let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
    let joined = format!("{base}{slash}{path}");
    Some(if joined.is_empty() { "/".to_owned() } else { joined })
}

/// A path that the app has written, as a URL holds it.
pub(super) fn encoded(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, NOT_IN_A_PATH).into()
}

/// True when somebody on the way could read a segment of this path as "the folder above", or as "this one".
///
/// Encoded dots are dots for the URL standard, encoded slashes are slashes for some servers, some decode twice,
/// and some cut parameters (`..;x`) off a segment first. All of them would leave the base path.
pub(super) fn climbs(path: &str) -> bool {
    let mut path = Cow::Borrowed(path.as_bytes());
    loop {
        let mut segments = path.split(|byte| matches!(byte, b'/' | b'\\'));
        if segments.any(|segment| {
            let name = segment.split(|&byte| byte == b';').next().unwrap_or_default();
            matches!(name, b"." | b"..")
        }) {
            return true;
        }
        // Each round makes the text shorter, so there is a last one.
        let text = String::from_utf8_lossy(&path).into_owned();
        let decoded: Vec<u8> = percent_decode_str(&text).collect();
        if decoded.len() == text.len() {
            return false;
        }
        path = Cow::Owned(decoded);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_stays_below_its_base() {
        for (base, path, expected) in [
            ("", "/", Some("/")),
            ("", "", Some("/")),
            ("/v1", "", Some("/v1")),
            ("/v1", "/", Some("/v1/")),
            ("/v1", "/a/b", Some("/v1/a/b")),
            ("/v1", "a", Some("/v1/a")),
            ("", "@evil.example/x", Some("/@evil.example/x")),
            ("", "//evil.example/x", Some("//evil.example/x")),
            ("/v1", "/a%2Fb", Some("/v1/a%2Fb")),
            ("/v1", "/é b", Some("/v1/%C3%A9%20b")),
            ("/v1", "/a\r\nHost: x", Some("/v1/a%0D%0AHost:%20x")),
            ("/v1", "/...", Some("/v1/...")),
            ("/v1", "/.well-known/x", Some("/v1/.well-known/x")),
            ("/v1", "/..a/a..", Some("/v1/..a/a..")),
            ("/v1", "*", Some("/v1/*")),
        ] {
            assert_eq!(below(base, &encoded(path)).as_deref(), expected, "{base} {path}");
        }
    }

    #[test]
    fn security_1_5_9_a_path_that_could_climb_is_refused() {
        for path in [
            "..",
            "/..",
            "/../x",
            "/x/..",
            "/x/../../y",
            "/.",
            "/./x",
            "/%2e%2e/x",
            "/%2E./x",
            "/.%2e",
            "/x%2f..%2fy",
            "/x/..%2fy",
            "/x%5c..%5cy",
            "/..%5cy",
            "/..\\x",
            "/x\\y",
            "/%252e%252e/x",
            "/%25252e%25252e/x",
            "/x%252f..%252fy",
            "/..;/x",
            "/..;a=b/x",
            "/..%3b/x",
            "/x?y",
            "/x#y",
        ] {
            assert_eq!(below("/v1", path), None, "{path}");
            assert_eq!(below("/v1", &encoded(path)), None, "{path}");
        }
    }

    #[test]
    fn a_value_is_one_segment() {
        for (value, expected) in [
            ("a b", "a%20b"),
            ("../x", "..%2Fx"),
            ("é", "%C3%A9"),
            ("1?admin=1#x", "1%3Fadmin%3D1%23x"),
            ("%2e%2e", "%252e%252e"),
            ("a-b_c~d.e", "a-b_c~d.e"),
        ] {
            assert_eq!(segment(value).to_string(), expected);
        }
        for value in ["..", "../x", "x/../y", "%2e%2e", "..\\x"] {
            assert_eq!(below("", &format!("/a/{}", segment(value))), None, "{value}");
        }
    }

    proptest! {
        #[test]
        fn what_is_joined_is_a_path_below_the_base(path in ".{0,40}") {
            if let Some(joined) = below("/base", &encoded(&path)) {
                prop_assert!(joined.starts_with("/base"));
                let parsed: http::uri::PathAndQuery = joined.parse().unwrap();
                prop_assert_eq!(parsed.query(), None);
                prop_assert_eq!(parsed.path(), joined);
            }
        }
    }
}
