use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// Decodes base64url as RFC 7515 section 2 has it: without padding, line breaks or any other character, and with zero
/// for the bits that are left over. So no two texts are one value.
pub(super) fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_26_sloppy_base64_is_refused() {
        for (text, expected) in [
            ("", Some(&b""[..])),
            ("Zg", Some(b"f")),
            ("Zm9v", Some(b"foo")),
            ("_-8", Some(b"\xFF\xEF")),
            ("Zg==", None),
            ("Zg=", None),
            ("Zh", None),
            ("Z", None),
            ("Zm9v\n", None),
            (" Zm9v", None),
            ("Zm 9v", None),
            ("Zm9v?", None),
            ("/+8", None),
            ("Zm9v.", None),
            ("Ｚｇ", None),
        ] {
            assert_eq!(decoded(text).as_deref(), expected, "{text:?}");
        }
    }
}
