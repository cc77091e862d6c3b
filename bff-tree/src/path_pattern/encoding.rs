//! Literal text as a URL holds it. What is escaped already stays as it is.

/// Text of a path. A request has these characters in escaped form, so a literal that is to be found in one, or
/// to stand in one, must have them so too (the path set of the URL Standard).
pub(super) fn path(text: &str) -> String {
    encoded(text, |byte| !b"\"#<>?`{}\\".contains(&byte))
}

/// Text of a query: one name or one value (RFC 3986 section 3.4, and what separates pairs).
pub(super) fn query(text: &str) -> String {
    encoded(text, |byte| byte.is_ascii_alphanumeric() || b"-._~!$'()*+,;:@/?=[]".contains(&byte))
}

/// Text of a fragment (RFC 3986 section 3.5).
pub(super) fn fragment(text: &str) -> String {
    encoded(text, |byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte))
}

fn encoded(text: &str, stays: impl Fn(u8) -> bool) -> String {
    let bytes = text.as_bytes();
    let mut encoded = String::with_capacity(text.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let escape = byte == b'%'
            && matches!(bytes.get(at + 1..at + 3), Some(digits) if digits.iter().all(u8::is_ascii_hexdigit));
        if escape || byte != b'%' && byte.is_ascii_graphic() && stays(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The name of a query pair as a form decodes it.
pub(super) fn form_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escape = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        let escape = escape.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let octet = escape.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(octet.unwrap_or(if byte == b'+' { b' ' } else { byte }));
        at += if octet.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_encoded_once() {
        for (text, in_path, in_query) in [
            ("/café", "/caf%C3%A9", "/caf%C3%A9"),
            ("/caf%C3%A9", "/caf%C3%A9", "/caf%C3%A9"),
            ("a b", "a%20b", "a%20b"),
            ("100%", "100%25", "100%25"),
            ("[x]&y", "[x]&y", "[x]%26y"),
            ("a?b#c", "a%3Fb%23c", "a?b%23c"),
            ("a\\b\r\n", "a%5Cb%0D%0A", "a%5Cb%0D%0A"),
        ] {
            assert_eq!((path(text).as_str(), query(text).as_str()), (in_path, in_query), "{text}");
        }
        assert_eq!(form_decoded("a+b%20c%2"), "a b c%2");
    }
}
