use std::sync::Arc;

use super::{Algorithm, Jwks, JwtError, Keys};

/// Where a [`Verifier`](super::Verifier) has its keys from: [`Keys`] or [`Jwks`], which become one by themselves.
///
/// ```
/// use bff::jwt::{Algorithm, KeySource, Keys};
///
/// let keys: KeySource = Keys::from_secret(Algorithm::Hs256, [7; 32])?.into();
/// # Ok::<(), bff::jwt::KeyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct KeySource(Source);

#[derive(Clone, Debug)]
enum Source {
    Fixed(Arc<Keys>),
    Fetched(Jwks),
}

impl KeySource {
    /// The keys among which is that of a token with this header, if there is one.
    pub(super) async fn for_token(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
    ) -> Result<Arc<Keys>, JwtError> {
        match &self.0 {
            Source::Fixed(keys) => Ok(Arc::clone(keys)),
            // A secret is never fetched, so no fetching can help.
            Source::Fetched(_) if algorithm.is_symmetric() => Err(JwtError::Algorithm),
            Source::Fetched(jwks) => jwks.keys_for(algorithm, kid).await,
        }
    }
}

impl From<Keys> for KeySource {
    fn from(keys: Keys) -> Self {
        Self(Source::Fixed(Arc::new(keys)))
    }
}

impl From<Jwks> for KeySource {
    fn from(jwks: Jwks) -> Self {
        Self(Source::Fetched(jwks))
    }
}
