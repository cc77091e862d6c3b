use std::{fmt, slice};

use ring::{
    hmac,
    signature::{self, RsaPublicKeyComponents, UnparsedPublicKey},
};

use super::{
    Algorithm,
    key_error::{KeyError, Kind},
    rsa,
};

/// One key, bound to the algorithms that it may be used with (RFC 8725 section 3.1).
#[derive(Clone)]
pub(super) struct Key {
    pub(super) kid: Option<String>,
    /// Never empty.
    pub(super) algorithms: Vec<Algorithm>,
    material: Material,
}

#[derive(Clone)]
pub(super) enum Material {
    /// For one algorithm.
    Secret(Algorithm, hmac::Key),
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
    /// An uncompressed point (SEC 1 section 2.3.3).
    P256([u8; 65]),
    P384([u8; 97]),
    Ed25519([u8; 32]),
}

impl Material {
    /// A secret, when it is as long as the hash (RFC 7518 section 3.2).
    pub(super) fn secret(algorithm: Algorithm, secret: &[u8]) -> Result<Self, KeyError> {
        let (hash, least) = match algorithm {
            Algorithm::Hs256 => (hmac::HMAC_SHA256, 32),
            Algorithm::Hs384 => (hmac::HMAC_SHA384, 48),
            Algorithm::Hs512 => (hmac::HMAC_SHA512, 64),
            other => return Err(KeyError::new(Kind::Mismatch(other))),
        };
        if secret.len() < least {
            return Err(KeyError::new(Kind::ShortSecret(algorithm, secret.len(), least)));
        }
        Ok(Self::Secret(algorithm, hmac::Key::new(hash, secret)))
    }

    /// An RSA key, when it is a safe one.
    pub(super) fn rsa(modulus: Vec<u8>, exponent: Vec<u8>) -> Result<Self, KeyError> {
        rsa::check(&modulus, &exponent)?;
        Ok(Self::Rsa { modulus, exponent })
    }

    /// What a key of this kind can be used with.
    fn possible(&self) -> &[Algorithm] {
        match self {
            Self::Secret(algorithm, _) => slice::from_ref(algorithm),
            Self::Rsa { .. } => Algorithm::RSA,
            Self::P256(_) => Algorithm::P256,
            Self::P384(_) => Algorithm::P384,
            Self::Ed25519(_) => Algorithm::ED25519,
        }
    }
}

impl Key {
    /// The key for this algorithm, or for all that its kind allows.
    pub(super) fn new(
        material: Material,
        algorithm: Option<Algorithm>,
        kid: Option<String>,
    ) -> Result<Self, KeyError> {
        let algorithms = match algorithm {
            None => material.possible().to_vec(),
            Some(algorithm) if material.possible().contains(&algorithm) => vec![algorithm],
            Some(algorithm) => return Err(KeyError::new(Kind::Mismatch(algorithm))),
        };
        Ok(Self { kid, algorithms, material })
    }

    pub(super) fn is_secret(&self) -> bool {
        matches!(self.material, Material::Secret(..))
    }

    /// Whether this key has signed `message` with this algorithm. A key never verifies with one that it is not bound
    /// to, whatever a token says.
    pub(super) fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        if !self.algorithms.contains(&algorithm) {
            return false;
        }
        let verified = match &self.material {
            // In constant time.
            Material::Secret(_, secret) => hmac::verify(secret, message, signature),
            Material::Rsa { modulus, exponent } => match rsa_parameters(algorithm) {
                Some(parameters) => RsaPublicKeyComponents { n: modulus, e: exponent }
                    .verify(parameters, message, signature),
                None => return false,
            },
            // The fixed form has `r` and `s` between 1 and n - 1 in exactly two halves, so zeros are refused; ring
            // checks this, and that the point is on the curve.
            Material::P256(point) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point)
                    .verify(message, signature)
            }
            Material::P384(point) => {
                UnparsedPublicKey::new(&signature::ECDSA_P384_SHA384_FIXED, point)
                    .verify(message, signature)
            }
            Material::Ed25519(key) => {
                UnparsedPublicKey::new(&signature::ED25519, key).verify(message, signature)
            }
        };
        verified.is_ok()
    }
}

fn rsa_parameters(algorithm: Algorithm) -> Option<&'static signature::RsaParameters> {
    match algorithm {
        Algorithm::Rs256 => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
        Algorithm::Rs384 => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
        Algorithm::Rs512 => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
        Algorithm::Ps256 => Some(&signature::RSA_PSS_2048_8192_SHA256),
        Algorithm::Ps384 => Some(&signature::RSA_PSS_2048_8192_SHA384),
        Algorithm::Ps512 => Some(&signature::RSA_PSS_2048_8192_SHA512),
        _ => None,
    }
}

/// Without the key.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("kid", &self.kid)
            .field("algorithms", &self.algorithms)
            .finish_non_exhaustive()
    }
}
