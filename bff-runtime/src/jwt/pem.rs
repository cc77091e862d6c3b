use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    key::Material,
    key_error::{KeyError, Kind},
};

/// Reads a public key as PEM (RFC 7468): `PUBLIC KEY`, which is a SubjectPublicKeyInfo, or `RSA PUBLIC KEY`.
pub(super) fn material(pem: &str) -> Result<Material, KeyError> {
    let refused = || KeyError::new(Kind::NotPem);
    let text = pem.trim().strip_prefix("-----BEGIN ").ok_or_else(refused)?;
    let (label, text) = text.split_once("-----").ok_or_else(refused)?;
    if label.contains("PRIVATE") {
        return Err(KeyError::new(Kind::Private));
    }
    let base64 = text.strip_suffix(&format!("-----END {label}-----")).ok_or_else(refused)?;
    let base64: String = base64.split_ascii_whitespace().collect();
    let der = STANDARD.decode(base64).map_err(|_| refused())?;
    match label {
        "PUBLIC KEY" => public_key_info(&der).ok_or_else(refused)?,
        "RSA PUBLIC KEY" => rsa(&der).ok_or_else(refused)?,
        _ => Err(refused()),
    }
}

/// The value of an AlgorithmIdentifier (RFC 3279 section 2.3.1, RFC 5480 section 2.1.1, RFC 8410 section 3).
const RSA: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01\x05\x00";
const P256: &[u8] = b"\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01\x06\x08\x2A\x86\x48\xCE\x3D\x03\x01\x07";
const P384: &[u8] = b"\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01\x06\x05\x2B\x81\x04\x00\x22";
const ED25519: &[u8] = b"\x06\x03\x2B\x65\x70";

const INTEGER: u8 = 2;
const BIT_STRING: u8 = 3;
const SEQUENCE: u8 = 0x30;

/// `None` when it is no DER of a key of a known kind, an error when the key is not one to use.
fn public_key_info(der: &[u8]) -> Option<Result<Material, KeyError>> {
    let info = only(der, SEQUENCE)?;
    let (algorithm, rest) = value(info, SEQUENCE)?;
    // All of these keys are whole octets, so no bits are left unused.
    let key = only(rest, BIT_STRING)?.strip_prefix(&[0])?;
    match algorithm {
        RSA => rsa(key),
        P256 => Some(Ok(Material::P256(uncompressed(key)?))),
        P384 => Some(Ok(Material::P384(uncompressed(key)?))),
        ED25519 => Some(Ok(Material::Ed25519(key.try_into().ok()?))),
        _ => Some(Err(KeyError::new(Kind::UnsupportedJwk))),
    }
}

fn uncompressed<const N: usize>(key: &[u8]) -> Option<[u8; N]> {
    let point: [u8; N] = key.try_into().ok()?;
    (point[0] == 4).then_some(point)
}

/// An RSAPublicKey (RFC 8017 section A.1.1).
fn rsa(der: &[u8]) -> Option<Result<Material, KeyError>> {
    let (modulus, rest) = positive(only(der, SEQUENCE)?)?;
    let (exponent, []) = positive(rest)? else { return None };
    Some(Material::rsa(modulus.to_vec(), exponent.to_vec()))
}

/// The octets of a positive integer, without the zero that says so, and what follows it.
fn positive(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (integer, rest) = value(der, INTEGER)?;
    match integer {
        [0, digits @ ..] => Some((digits, rest)),
        [first, ..] if *first < 0x80 => Some((integer, rest)),
        _ => None,
    }
}

/// The value with this tag, when nothing follows it.
fn only(der: &[u8], tag: u8) -> Option<&[u8]> {
    let (value, []) = value(der, tag)? else { return None };
    Some(value)
}

/// The value with this tag that comes first, and what follows it.
fn value(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let [first, length, rest @ ..] = der else { return None };
    if *first != tag {
        return None;
    }
    // A key has less than 64 KiB; a length has the fewest octets that hold it.
    let (length, rest) = match (*length, rest) {
        (0..=0x7F, rest) => (usize::from(*length), rest),
        (0x81, [length, rest @ ..]) if *length >= 0x80 => (usize::from(*length), rest),
        (0x82, [high, low, rest @ ..]) if *high > 0 => {
            (usize::from(*high) << 8 | usize::from(*low), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}
