use std::fmt;

use super::Algorithm;

/// A key that nothing can be verified with. The text never has a part of a key, so it may be logged.
///
/// ```
/// use bff::jwt::{Algorithm, Keys};
///
/// let error = Keys::from_secret(Algorithm::Hs256, "too short").unwrap_err();
/// assert_eq!(error.to_string(), "a secret for HS256 has 9 bytes, fewer than 32");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The algorithm, the bytes that there are and those that are needed.
    ShortSecret(Algorithm, usize, usize),
    /// The key is of another kind than the algorithm.
    Mismatch(Algorithm),
    NotPem,
    Private,
    NotJwk,
    UnsupportedJwk,
    /// `use`, `key_ops` or `alg` say that it is for something else.
    NotForSignatures,
    Rsa(&'static str),
    Point,
    NoKey,
    TooMany,
    Mixed,
    Ambiguous,
    Url(&'static str),
}

impl KeyError {
    pub(super) fn new(kind: Kind) -> Self {
        Self(kind)
    }

    /// Whether it is a key in order that is for something else, or of a kind that is not known here. A set of keys
    /// may have such ones.
    pub(super) fn is_of_no_concern(&self) -> bool {
        matches!(self.0, Kind::UnsupportedJwk | Kind::NotForSignatures)
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Kind::ShortSecret(algorithm, bytes, least) => {
                return write!(f, "a secret for {algorithm} has {bytes} bytes, fewer than {least}");
            }
            Kind::Mismatch(algorithm) => return write!(f, "the key is none for {algorithm}"),
            Kind::NotPem => "the key is no PEM of a public key (`-----BEGIN PUBLIC KEY-----`)",
            Kind::Private => "the key is a private one; a verifier needs the public key alone",
            Kind::NotJwk => "the key is no JSON Web Key, and no set of them",
            Kind::UnsupportedJwk => {
                "the key is of a kind, of a curve or for an algorithm that is not known here"
            }
            Kind::NotForSignatures => {
                "`use` or `key_ops` of the key do not allow to verify signatures"
            }
            Kind::Rsa(why) => return write!(f, "the RSA key {why}"),
            Kind::Point => "the coordinates of the key have the wrong length",
            Kind::NoKey => "there is no key that signatures can be verified with",
            Kind::TooMany => "there are too many keys",
            Kind::Mixed => "secrets and public keys cannot stand together",
            Kind::Ambiguous => "two keys have the same `kid`",
            Kind::Url(why) => return write!(f, "the URL of the keys {why}"),
        })
    }
}

impl std::error::Error for KeyError {}
