//! Keys as text: base64, with commas between them.

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

/// Either alphabet (RFC 4648 sections 4 and 5).
fn bytes(key: &str) -> Option<Vec<u8>> {
    BASE64.decode(key.replace('-', "+").replace('_', "/")).ok()
}

fn not_base64(number: usize) -> KeyError {
    KeyError::new(Kind::NotBase64 { number })
}
