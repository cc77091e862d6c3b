use std::{fmt, str::FromStr};

/// A signature algorithm of JSON Web Signatures (RFC 7518 section 3.1), as `alg` names it.
///
/// ```
/// use bff::jwt::Algorithm;
///
/// assert_eq!("ES256".parse(), Ok(Algorithm::Es256));
/// assert!("none".parse::<Algorithm>().is_err());
/// ```
///
/// There is no value for `none`, so nothing can allow it. ES512 (P-521), ES256K and Ed448 are not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// HMAC with SHA-256; a secret of 32 bytes or more.
    Hs256,
    /// HMAC with SHA-384; a secret of 48 bytes or more.
    Hs384,
    /// HMAC with SHA-512; a secret of 64 bytes or more.
    Hs512,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// RSASSA-PSS with SHA-384.
    Ps384,
    /// RSASSA-PSS with SHA-512.
    Ps512,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// Ed25519 (RFC 8037), which RFC 9864 calls `Ed25519`.
    EdDsa,
}

/// A text that names no [`Algorithm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownAlgorithm;

use Algorithm::{
    EdDsa, Es256, Es384, Hs256, Hs384, Hs512, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512,
};

impl Algorithm {
    /// What a key of this kind may sign with when nothing else is said of it.
    pub(super) const HMAC: &[Self] = &[Hs256, Hs384, Hs512];
    pub(super) const RSA: &[Self] = &[Rs256, Rs384, Rs512, Ps256, Ps384, Ps512];
    pub(super) const P256: &[Self] = &[Es256];
    pub(super) const P384: &[Self] = &[Es384];
    pub(super) const ED25519: &[Self] = &[EdDsa];

    /// The name in `alg`.
    ///
    /// ```
    /// assert_eq!(bff::jwt::Algorithm::EdDsa.name(), "EdDSA");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Hs256 => "HS256",
            Hs384 => "HS384",
            Hs512 => "HS512",
            Rs256 => "RS256",
            Rs384 => "RS384",
            Rs512 => "RS512",
            Ps256 => "PS256",
            Ps384 => "PS384",
            Ps512 => "PS512",
            Es256 => "ES256",
            Es384 => "ES384",
            EdDsa => "EdDSA",
        }
    }

    /// Whether one secret signs and verifies.
    pub(super) fn is_symmetric(self) -> bool {
        Self::HMAC.contains(&self)
    }
}

/// Names are compared as they are: `rs256` and `None` are none (RFC 7515 section 4.1.1).
impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;

    fn from_str(name: &str) -> Result<Self, UnknownAlgorithm> {
        match name {
            "HS256" => Ok(Hs256),
            "HS384" => Ok(Hs384),
            "HS512" => Ok(Hs512),
            "RS256" => Ok(Rs256),
            "RS384" => Ok(Rs384),
            "RS512" => Ok(Rs512),
            "PS256" => Ok(Ps256),
            "PS384" => Ok(Ps384),
            "PS512" => Ok(Ps512),
            "ES256" => Ok(Es256),
            "ES384" => Ok(Es384),
            "EdDSA" | "Ed25519" => Ok(EdDsa),
            _ => Err(UnknownAlgorithm),
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for UnknownAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no signature algorithm that is known here")
    }
}

impl std::error::Error for UnknownAlgorithm {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_algorithm_has_one_name_in_one_case() {
        for algorithm in
            [Algorithm::HMAC, Algorithm::RSA, Algorithm::P256, Algorithm::P384, Algorithm::ED25519]
                .concat()
        {
            assert_eq!(algorithm.name().parse(), Ok(algorithm));
        }
        for name in
            ["", "none", "None", "nOnE", "hs256", "RS256 ", "HS1", "ES512", "ES256K", "A256GCM"]
        {
            assert_eq!(name.parse::<Algorithm>(), Err(UnknownAlgorithm), "{name}");
        }
    }
}
