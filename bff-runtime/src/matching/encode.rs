//! Captured values on their way into a URL or a header.

use std::fmt::Write;

/// One path segment: whatever the value holds, it adds no second one, no query and no fragment (DC-14, RFC 3986
/// section 3.3). What was received in escaped form stays in that form (DC-02).
pub(super) fn segment(value: &str, encoded: bool, out: &mut String) {
    encode(value, encoded, b"-._~!$&'()*+,;=:@", out);
}

/// One value of a query (DC-07). Slashes may stand there, what separates pairs may not.
pub(super) fn query_value(value: &str, encoded: bool, out: &mut String) {
    encode(value, encoded, b"-._~!$()*,;:@/", out);
}

/// The value of a header: everything but printable ASCII is escaped, line breaks first of all.
pub(super) fn header_value(value: &str, out: &mut String) {
    for byte in value.bytes() {
        if byte == b' ' || byte.is_ascii_graphic() {
            out.push(char::from(byte))
        } else {
            escape(byte, out)
        }
    }
}

/// A query as the client sent it, fit for a `Location`.
pub(super) fn received_query(query: &str, out: &mut String) {
    for byte in query.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>#\\`".contains(&byte) {
            out.push(char::from(byte));
        } else {
            escape(byte, out);
        }
    }
}

fn encode(value: &str, encoded: bool, stays: &[u8], out: &mut String) {
    let bytes = value.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let is_escape = || {
            let digits = bytes.get(at + 1..at + 3);
            byte == b'%' && digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        if byte.is_ascii_alphanumeric() || stays.contains(&byte) || encoded && is_escape() {
            out.push(char::from(byte));
        } else {
            escape(byte, out);
        }
    }
}

fn escape(byte: u8, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "%{byte:02X}");
}
