//! Keys as text: base64 or hexadecimal, with commas between them.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{KeyError, key_error::Kind};

/// The environment variable that has them.
pub(super) const VARIABLE: &str = "BFF_KEYS";

/// Tools write it with and without the equals signs at the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes of each. White space around a key means nothing, nor does a comma too many.
pub(super) fn keys(text: &str) -> Result<Vec<Vec<u8>>, KeyError> {
    let keys = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    (1..).zip(keys).map(|(number, key)| bytes(key).ok_or_else(|| not_base64(number))).collect()
}

/// Hexadecimal, or base64 in either alphabet (RFC 4648 sections 4, 5 and 8).
///
/// Hexadecimal digits are base64 as well, and would be taken for half as many bytes again as there are. No random key
/// in base64 consists of nothing else.
fn bytes(key: &str) -> Option<Vec<u8>> {
    if key.len().is_multiple_of(2) && key.bytes().all(|it| it.is_ascii_hexdigit()) {
        let pairs = (0..key.len()).step_by(2).map(|at| u8::from_str_radix(&key[at..at + 2], 16));
        return pairs.collect::<Result<_, _>>().ok();
    }
    BASE64.decode(key.replace('-', "+").replace('_', "/")).ok()
}

fn not_base64(number: usize) -> KeyError {
    KeyError::new(Kind::NotBase64 { number })
}
