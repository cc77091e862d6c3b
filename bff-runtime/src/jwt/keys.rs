use super::{
    Algorithm, KeyError, jwk,
    key::{Key, Material},
    key_error::Kind,
    pem,
};

/// Keys that are known when the program starts, each bound to the algorithms it is for.
///
/// ```
/// use bff::jwt::{Algorithm, Keys};
///
/// let key = Keys::from_pem(
///     Algorithm::EdDsa,
///     "-----BEGIN PUBLIC KEY-----
///     MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
///     -----END PUBLIC KEY-----",
/// )?;
/// # Ok::<(), bff::jwt::KeyError>(())
/// ```
///
/// Keys of a provider that replaces them are fetched: see [`Jwks`](super::Jwks).
#[derive(Clone, Debug)]
pub struct Keys {
    /// Never empty, and secrets or public keys, never both.
    keys: Vec<Key>,
}

impl Keys {
    /// A secret that the one who signs has as well, for HS256, HS384 or HS512: random bytes, as many as the hash has
    /// or more (RFC 7518 section 3.2). A password is no key.
    ///
    /// Whoever can verify with it can sign. Where another party issues the tokens, ask for a public key.
    ///
    /// ```
    /// use bff::jwt::{Algorithm, Keys};
    ///
    /// let keys = Keys::from_secret(Algorithm::Hs256, [7; 32])?; // random ones, of course
    /// # Ok::<(), bff::jwt::KeyError>(())
    /// ```
    ///
    /// # Errors
    /// When the secret is too short, or the algorithm takes a public key.
    pub fn from_secret(algorithm: Algorithm, secret: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let material = Material::secret(algorithm, secret.as_ref())?;
        Ok(Self { keys: vec![Key::new(material, Some(algorithm), None)?] })
    }

    /// A public key as PEM, `PUBLIC KEY` or `RSA PUBLIC KEY`, for one algorithm.
    ///
    /// ```
    /// use bff::jwt::{Algorithm, Keys};
    ///
    /// let error = Keys::from_pem(Algorithm::Rs256, "-----BEGIN PRIVATE KEY-----").unwrap_err();
    /// assert!(error.to_string().contains("a private one"));
    /// ```
    ///
    /// # Errors
    /// When it is no such PEM or none for the algorithm, or an RSA key that is not safe: fewer than 2048 bits, a small
    /// exponent, made by a broken generator.
    pub fn from_pem(algorithm: Algorithm, pem: impl AsRef<str>) -> Result<Self, KeyError> {
        let material = pem::material(pem.as_ref())?;
        Ok(Self { keys: vec![Key::new(material, Some(algorithm), None)?] })
    }

    /// A JSON Web Key, or a set of them (RFC 7517).
    ///
    /// A key is for the algorithm that it names, or else for all of its kind: an RSA key for RS and PS, one on P-256
    /// for ES256, a secret for HS256. Keys of a set that are for something else (`use`, `key_ops`) or of a kind that is
    /// not known here are left out.
    ///
    /// ```
    /// use bff::jwt::Keys;
    ///
    /// let keys = Keys::from_jwk(r#"{"keys": [{
    ///     "kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": "2026-08",
    ///     "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    /// }]}"#)?;
    /// # Ok::<(), bff::jwt::KeyError>(())
    /// ```
    ///
    /// # Errors
    /// When it is none, no key is left, one is not safe or private, two have the same `kid`, or secrets and public
    /// keys stand together.
    pub fn from_jwk(json: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        Self::new(jwk::keys(json.as_ref(), jwk::From::App)?)
    }

    /// The keys of a document that was fetched: public ones.
    pub(super) fn fetched(json: &[u8]) -> Result<Self, KeyError> {
        Self::new(jwk::keys(json, jwk::From::Provider)?)
    }

    /// These keys and others, as while keys are replaced.
    ///
    /// ```
    /// use bff::jwt::{Algorithm, Keys};
    ///
    /// let secret = |byte| Keys::from_secret(Algorithm::Hs256, [byte; 32]);
    /// let keys = secret(2)?.and(secret(1)?)?;
    /// # Ok::<(), bff::jwt::KeyError>(())
    /// ```
    ///
    /// # Errors
    /// When one side has secrets and the other public keys: a public key, which everybody knows, must never be
    /// taken for a secret. When two keys have the same `kid`.
    pub fn and(self, other: Self) -> Result<Self, KeyError> {
        Self::new([self.keys, other.keys].concat())
    }

    fn new(keys: Vec<Key>) -> Result<Self, KeyError> {
        if keys.is_empty() {
            return Err(KeyError::new(Kind::NoKey));
        }
        if keys.iter().any(Key::is_secret) && !keys.iter().all(Key::is_secret) {
            return Err(KeyError::new(Kind::Mixed));
        }
        for (at, key) in keys.iter().enumerate() {
            let is_same = |other: &Key| {
                other.kid.is_some()
                    && other.kid == key.kid
                    && other.algorithms.iter().any(|it| key.algorithms.contains(it))
            };
            // RFC 7517 section 4.5 lets alternatives of another kind share a name.
            if keys[..at].iter().any(is_same) {
                return Err(KeyError::new(Kind::Ambiguous));
            }
        }
        Ok(Self { keys })
    }

    /// The keys that a token with this header may be signed by. The `kid` is a name to look up and nothing else.
    ///
    /// A key that has a name is found by it. A token without one is checked with the keys that have none, or with the
    /// only key there is for its algorithm.
    pub(super) fn candidates(&self, algorithm: Algorithm, kid: Option<&str>) -> Vec<&Key> {
        let of_algorithm = || self.keys.iter().filter(|key| key.algorithms.contains(&algorithm));
        let nameless = || of_algorithm().filter(|key| key.kid.is_none()).collect();
        match kid {
            Some(kid) => match of_algorithm().find(|key| key.kid.as_deref() == Some(kid)) {
                Some(key) => vec![key],
                None => nameless(),
            },
            None if of_algorithm().count() == 1 => of_algorithm().collect(),
            None => nameless(),
        }
    }
}
