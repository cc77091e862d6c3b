//! The values of cookies: any text, percent-encoded on the wire.

use std::borrow::Cow;

use percent_encoding::{
    AsciiSet, NON_ALPHANUMERIC, PercentEncode, percent_decode, utf8_percent_encode,
};

/// What `encodeURIComponent` leaves as it is (RH-162); all of it is a `cookie-octet` (RFC 6265bis section
/// 4.1.1), so an encoded value needs no quotes.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// The value as it is written.
pub(super) fn encoded(value: &str) -> PercentEncode<'_> {
    utf8_percent_encode(value, ENCODED)
}

/// The length of the value as it is written.
pub(super) fn encoded_len(value: &str) -> usize {
    encoded(value).map(str::len).sum()
}

/// The value as it was meant (RH-153).
///
/// The decoding is all or nothing: a value with a broken escape, or one that decodes to no text, was never
/// encoded, and is kept as it came (RH-155). Quotes belong to the value (RH-156, section 4.1.1), and a plus
/// is a plus.
pub(super) fn decoded(raw: &[u8]) -> Cow<'_, str> {
    if raw.contains(&b'%')
        && every_escape_is_whole(raw)
        && let Ok(value) = percent_decode(raw).decode_utf8()
    {
        return value;
    }
    String::from_utf8_lossy(raw)
}

fn every_escape_is_whole(raw: &[u8]) -> bool {
    raw.split(|it| *it == b'%')
        .skip(1)
        .all(|after| after.len() >= 2 && after[..2].iter().all(u8::is_ascii_hexdigit))
}
