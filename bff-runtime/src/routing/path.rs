use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// What one pass over a request path found; most paths have none of it and go the short way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Traits(u8);

const PERCENT: u8 = 1;
const BACKSLASH: u8 = 2;
const EMPTY_OR_DOT: u8 = 4;

impl Traits {
    /// Looks at every byte once.
    pub(crate) fn of(path: &str) -> Self {
        let mut found = 0;
        let mut previous = b' ';
        for &byte in path.as_bytes() {
            match byte {
                b'%' => found |= PERCENT | if previous == b'/' { EMPTY_OR_DOT } else { 0 },
                b'\\' => found |= BACKSLASH,
                // `//`, and a dot at the beginning of a segment. The canonical path decides about both.
                b'/' | b'.' if previous == b'/' => found |= EMPTY_OR_DOT,
                _ => {}
            }
            previous = byte;
        }
        Self(found)
    }

    /// There is a percent sign, so segments may need decoding.
    pub(crate) fn has_percent(self) -> bool {
        self.0 & PERCENT != 0
    }

    /// There is a backslash, which no client sends unencoded and some servers take for a slash.
    pub(crate) fn has_backslash(self) -> bool {
        self.0 & BACKSLASH != 0
    }

    /// There may be an empty segment or a dot segment.
    pub(crate) fn may_be_uncanonical(self) -> bool {
        self.0 & EMPTY_OR_DOT != 0
    }
}

/// Decodes one path segment, once (RH-026). `None` when an escape is truncated or the result is not UTF-8
/// (RH-028); `+` stays `+` (RH-027).
pub(crate) fn decode(segment: &str) -> Option<Cow<'_, str>> {
    let bytes = segment.as_bytes();
    let complete = bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'%').all(|(at, _)| {
        matches!(bytes.get(at + 1..at + 3), Some([high, low]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
    });
    if complete { percent_decode_str(segment).decode_utf8().ok() } else { None }
}

/// True when the segment, as sent, stands for this literal.
///
/// Octets that had to be escaped are compared decoded (RH-019). A segment that escapes an octet which never
/// needs it (RFC 3986 section 2.3) is no match (RH-016): a layer that compares the raw path must not be
/// deceived by a second spelling.
pub(crate) fn is_literal(segment: &str, literal: &str) -> bool {
    if !segment.contains('%') {
        return segment == literal;
    }
    decode(segment).is_some_and(|decoded| decoded == literal) && !escapes_unreserved(segment)
}

/// True for a second spelling: an escape of an octet that never needs one.
pub(crate) fn escapes_unreserved(segment: &str) -> bool {
    segment.split('%').skip(1).any(|escape| {
        let octet = escape.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        octet.is_some_and(|octet| octet.is_ascii_alphanumeric() || b"-._~".contains(&octet))
    })
}

/// The path segments from the one with this index on, without a trailing slash; `None` when there are fewer.
pub(crate) fn rest(path: &str, index: usize) -> Option<&str> {
    let mut slashes = 0;
    // The segment with the index 0 follows the first slash.
    let start = 1 + path.bytes().position(|byte| {
        slashes += usize::from(byte == b'/');
        slashes > index
    })?;
    let rest = &path[start..];
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    (!rest.is_empty()).then_some(rest)
}

/// The path segment with this index, `""` when there is none.
pub(crate) fn segment(path: &str, index: usize) -> &str {
    let rest = rest(path, index).unwrap_or("");
    match rest.bytes().position(|byte| byte == b'/') {
        Some(slash) => &rest[..slash],
        None => rest,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rh_026_rh_027_rh_028_a_segment_is_decoded_once() {
        for (segment, decoded) in [
            ("a", Some("a")),
            ("b%20c", Some("b c")),
            ("%E6%97%A5", Some("日")),
            ("x%2Fy", Some("x/y")),
            ("%2520", Some("%20")),
            ("a+b;p=1", Some("a+b;p=1")),
            ("%20", Some(" ")),
            ("%5Bid%5D", Some("[id]")),
            ("%E0%A4", None),
            ("a%2", None),
            ("%", None),
            ("%zz", None),
            ("%+1", None),
        ] {
            assert_eq!(decode(segment).as_deref(), decoded, "{segment}");
        }
    }

    #[test]
    fn rh_012_rh_016_rh_019_a_literal_matches_its_one_spelling() {
        for (segment, literal, expected) in [
            ("posts", "posts", true),
            ("Posts", "posts", false),
            ("%70osts", "posts", false),
            ("_under", "_under", true),
            ("%5Funder", "_under", false),
            ("a%20b", "a b", true),
            ("a%20%62", "a b", false),
            ("%E6%97%A5", "日", true),
            ("%e6%97%a5", "日", true),
            ("%E6%97", "日", false),
            ("a%2Fb", "a/b", true),
        ] {
            assert_eq!(is_literal(segment, literal), expected, "{segment} {literal}");
        }
    }

    #[test]
    fn rh_025_segments_are_counted_from_the_first_slash() {
        for (path, index, expected, one) in [
            ("/", 0, None, ""),
            ("/a", 0, Some("a"), "a"),
            ("/a", 1, None, ""),
            ("/a/", 1, None, ""),
            ("/a/b/c", 1, Some("b/c"), "b"),
            ("/a/b/c/", 2, Some("c"), "c"),
            ("", 0, None, ""),
        ] {
            assert_eq!(
                (rest(path, index), segment(path, index)),
                (expected, one),
                "{path} {index}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_was_encoded_decodes_to_itself(text in "\\PC{0,20}") {
            let encoded = percent_encoding::utf8_percent_encode(&text, percent_encoding::NON_ALPHANUMERIC).to_string();
            let decoded = decode(&encoded).expect("an encoded text decodes");
            prop_assert_eq!(&*decoded, &*text);
        }

        #[test]
        fn any_segment_is_decoded_or_refused(segment in "[%a-f0-9zé/.]{0,12}") {
            decode(&segment);
            is_literal(&segment, "a");
            Traits::of(&segment);
            rest(&segment, 2);
        }
    }
}
