use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Algorithm, JwtError, Verified, claims::Registered, compact::Compact, key_source::KeySource,
    object::Object, verified::Token,
};

/// Says whether a token is one of this issuer, for this audience, and now.
///
/// ```
/// use bff::jwt::{Jwks, KeyError, Verifier};
///
/// fn verifier() -> Result<Verifier, KeyError> {
///     let keys = Jwks::at("https://issuer.example/.well-known/jwks.json")?;
///     Ok(Verifier::new("https://issuer.example", "https://api.example", keys))
/// }
/// ```
///
/// Made once, when the app starts; a clone is the same verifier. Keep it in the app's state, or in a part of it that
/// `FromRef` gives: there [`Bearer`](super::Bearer) finds it.
#[derive(Clone)]
pub struct Verifier {
    rules: Arc<Rules>,
    keys: KeySource,
}

#[derive(Clone)]
struct Rules {
    issuer: String,
    audience: String,
    /// Empty: all that the keys are for.
    algorithms: Vec<Algorithm>,
    typ: Option<String>,
    leeway: Duration,
}

/// More than clocks of machines that are looked after differ.
const MOST_LEEWAY: Duration = Duration::from_secs(60);

/// What a token without `typ`, or an access token, is called (RFC 7519 section 5.1, RFC 9068 section 2.1).
const USUAL_TYPES: [&str; 2] = ["JWT", "at+jwt"];

impl Verifier {
    /// The verifier of tokens that this issuer has signed with these keys for this audience. Both are compared as they
    /// are, with every slash.
    ///
    /// The keys are [`Keys`](super::Keys) or [`Jwks`](super::Jwks).
    ///
    /// ```
    /// use bff::jwt::{Algorithm, Keys, Verifier};
    ///
    /// let keys = Keys::from_secret(Algorithm::Hs256, [7; 32])?; // random ones, of course
    /// let verifier = Verifier::new("https://issuer.example", "https://api.example", keys);
    /// # Ok::<(), bff::jwt::KeyError>(())
    /// ```
    pub fn new(
        issuer: impl Into<String>,
        audience: impl Into<String>,
        keys: impl Into<KeySource>,
    ) -> Self {
        let rules = Rules {
            issuer: issuer.into(),
            audience: audience.into(),
            algorithms: Vec::new(),
            typ: None,
            leeway: MOST_LEEWAY,
        };
        Self { rules: Arc::new(rules), keys: keys.into() }
    }

    /// Allows these algorithms alone, of those that the keys are for.
    ///
    /// ```
    /// use bff::jwt::{Algorithm, Verifier};
    ///
    /// fn strict(verifier: Verifier) -> Verifier {
    ///     verifier.algorithms([Algorithm::Es256, Algorithm::EdDsa])
    /// }
    /// ```
    #[must_use]
    pub fn algorithms(mut self, algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        Arc::make_mut(&mut self.rules).algorithms = algorithms.into_iter().collect();
        self
    }

    /// Demands this `typ` (RFC 8725 section 3.11): `at+jwt` for access tokens of providers that follow RFC 9068.
    ///
    /// Without it a token has `JWT`, `at+jwt` or none. A token without `typ` is a `JWT`, which is what an OpenID
    /// provider's ID tokens are: `typ("JWT")` refuses access tokens.
    ///
    /// ```
    /// use bff::jwt::Verifier;
    ///
    /// fn strict(verifier: Verifier) -> Verifier {
    ///     verifier.typ("at+jwt")
    /// }
    /// ```
    #[must_use]
    pub fn typ(mut self, typ: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.rules).typ = Some(typ.into());
        self
    }

    /// By how much clocks may differ; a minute unless it is set, and a minute at most.
    ///
    /// ```
    /// use std::time::Duration;
    /// use bff::jwt::Verifier;
    ///
    /// fn strict(verifier: Verifier) -> Verifier {
    ///     verifier.leeway(Duration::from_secs(5))
    /// }
    /// ```
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        Arc::make_mut(&mut self.rules).leeway = leeway.min(MOST_LEEWAY);
        self
    }

    /// Verifies a token: that it is signed with a key of this verifier and an algorithm that the key is for, that issuer
    /// and audience are those of this verifier, and that it is its time. `exp`, `iss` and `aud` are required.
    ///
    /// It waits when keys have to be fetched first, and else for nothing.
    ///
    /// ```
    /// use bff::{Result, jwt::Verifier};
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Claims {
    ///     tenant: String,
    /// }
    ///
    /// async fn tenant(verifier: &Verifier, token: &str) -> Result<String> {
    ///     let token = verifier.verify::<Claims>(token).await?;
    ///     Ok(token.claims.tenant)
    /// }
    /// ```
    ///
    /// # Errors
    /// 401 for any token that is not as it should be, 503 while the keys cannot be fetched; see [`JwtError`].
    pub async fn verify<C: DeserializeOwned>(&self, token: &str) -> Result<Verified<C>, JwtError> {
        Verified::new(&self.token(token, SystemTime::now()).await?)
    }

    /// The same for a time, and without the claims of the app.
    pub(super) async fn token(&self, token: &str, now: SystemTime) -> Result<Arc<Token>, JwtError> {
        let body = self.signed_body(token).await?;
        let Object(claims) = Object::parse(&body).ok_or(JwtError::Malformed)?;
        let registered = Registered::read(&claims)?;
        let Rules { issuer, audience, leeway, .. } = &*self.rules;
        registered.check(issuer, audience, *leeway, now)?;
        Ok(Arc::new(Token { registered, claims: Value::Object(claims) }))
    }

    /// What was signed, whatever it is, when it was signed as it should be.
    pub(super) async fn signed_body(&self, token: &str) -> Result<Vec<u8>, JwtError> {
        let token = Compact::parse(token)?;
        let Rules { algorithms, .. } = &*self.rules;
        if !algorithms.is_empty() && !algorithms.contains(&token.algorithm) {
            return Err(JwtError::Algorithm);
        }
        if !self.is_type(token.typ.as_deref()) {
            return Err(JwtError::Type);
        }
        let keys = self.keys.for_token(token.algorithm, token.kid.as_deref()).await?;
        let candidates = keys.candidates(token.algorithm, token.kid.as_deref());
        if candidates.is_empty() {
            return Err(JwtError::UnknownKey);
        }
        let verifies = candidates
            .iter()
            .any(|key| key.verifies(token.algorithm, token.signed.as_bytes(), &token.signature));
        if verifies { token.body() } else { Err(JwtError::Signature) }
    }

    /// Media types are compared without their case, and without `application/` (RFC 7515 section 4.1.9).
    fn is_type(&self, typ: Option<&str>) -> bool {
        let typ = short(typ.unwrap_or("JWT"));
        match &self.rules.typ {
            Some(wanted) => short(wanted).eq_ignore_ascii_case(typ),
            None => USUAL_TYPES.iter().any(|usual| usual.eq_ignore_ascii_case(typ)),
        }
    }

    /// Who the tokens are for.
    pub(super) fn audience(&self) -> &str {
        &self.rules.audience
    }

    /// Whether it is a clone of this one.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rules, &other.rules)
    }
}

fn short(typ: &str) -> &str {
    const PREFIX: &str = "application/";
    match typ.split_at_checked(PREFIX.len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(PREFIX) && !rest.contains('/') => rest,
        _ => typ,
    }
}

/// Without the keys.
impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("issuer", &self.rules.issuer)
            .field("audience", &self.rules.audience)
            .finish_non_exhaustive()
    }
}
