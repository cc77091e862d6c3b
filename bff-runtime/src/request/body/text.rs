/// The text in these bytes as `TextDecoder` has it: UTF-8 without a leading byte order mark, and U+FFFD for what is
/// none (RH-107).
pub(in crate::request) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(without_mark(bytes)).into_owned()
}

/// The bytes without a leading UTF-8 byte order mark.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_107_text_is_utf_8_without_its_mark_and_with_replacements() {
        for (bytes, expected) in [
            (&b""[..], ""),
            (b"plain", "plain"),
            ("gr\u{fc}\u{df}e".as_bytes(), "grüße"),
            (b"\xEF\xBB\xBFmarked", "marked"),
            (b"\xEF\xBB\xBF\xEF\xBB\xBFtwice", "\u{feff}twice"),
            (b"\xEF\xBB", "\u{fffd}"),
            (b"a\xFFb", "a\u{fffd}b"),
        ] {
            assert_eq!(text(bytes), expected);
        }
    }
}
