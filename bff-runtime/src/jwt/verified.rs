use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use http::{HeaderValue, StatusCode, header};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::{JwtError, claims::Registered};
use crate::{Error, Problem, Result, observe::security_event};

/// A token that was verified: who it is of, until when, and the app's own claims.
///
/// ```
/// use bff::jwt::Verified;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Claims {
///     tenant: String,
/// }
///
/// fn greeting(token: &Verified<Claims>) -> Option<String> {
///     Some(format!("{} of {}", token.subject()?, token.claims.tenant))
/// }
/// ```
///
/// Without a type of the app's own, `Verified` has the registered claims alone.
#[derive(Clone)]
pub struct Verified<C = IgnoredAny> {
    /// The claims as the app wants them. They may repeat registered ones.
    pub claims: C,
    token: Arc<Token>,
}

/// What every reading of one token shares.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) registered: Registered,
    /// All claims.
    pub(super) claims: Value,
}

impl<C: DeserializeOwned> Verified<C> {
    pub(super) fn new(token: &Arc<Token>) -> Result<Self, JwtError> {
        let claims = C::deserialize(&token.claims).map_err(|_| JwtError::Claims)?;
        Ok(Self { claims, token: Arc::clone(token) })
    }
}

impl<C> Verified<C> {
    /// `sub`: whom the token speaks of. It is unique at the [`issuer`](Self::issuer) alone.
    pub fn subject(&self) -> Option<&str> {
        self.token.registered.subject.as_deref()
    }

    /// `iss`: who has issued the token, the one that the verifier was made for.
    pub fn issuer(&self) -> &str {
        &self.token.registered.issuer
    }

    /// `aud`: whom the token is for. The verifier's audience is one of these.
    pub fn audience(&self) -> impl Iterator<Item = &str> {
        self.token.registered.audience.iter().map(String::as_str)
    }

    /// `exp`: when the token ends.
    pub fn expires(&self) -> SystemTime {
        time(self.token.registered.expires)
    }

    /// `iat`: when the token was issued.
    pub fn issued(&self) -> Option<SystemTime> {
        self.token.registered.issued.map(time)
    }

    /// `jti`: a name of the token, for lists of those that were revoked.
    pub fn id(&self) -> Option<&str> {
        self.token.registered.id.as_deref()
    }

    /// What the token allows: `scope` as text with spaces (RFC 8693 section 4.2, RFC 9068 section 2.2.3), or `scp` as some
    /// providers call it.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.token.registered.scopes.iter().map(String::as_str)
    }

    /// Whether the token allows this. Scopes are compared as they are, in their case (RFC 6749 section 3.3).
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes().any(|it| it == scope)
    }

    /// Refuses a token that does not allow this, for a function that [`require`](macro@crate::get) names.
    ///
    /// ```
    /// use bff::{Result, jwt::Bearer};
    ///
    /// async fn writer(token: Bearer) -> Result<()> {
    ///     token.require_scope("posts:write")
    /// }
    /// ```
    ///
    /// # Errors
    /// 403 with `WWW-Authenticate: Bearer error="insufficient_scope", scope="posts:write"` (RFC 6750 section 3.1).
    pub fn require_scope(&self, scope: &str) -> Result<()> {
        if self.has_scope(scope) {
            return Ok(());
        }
        security_event!(
            INFO,
            "scope_missing",
            scope = scope;
            "a token does not have the scope that is required"
        );
        Err(insufficient(scope))
    }
}

fn insufficient(scope: &str) -> Error {
    // The characters of a scope (RFC 6749 section 3.3). Another text is no scope that a token could have.
    let is_scope = scope.bytes().all(|byte| matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~'));
    let wanted = if is_scope { format!(", scope=\"{scope}\"") } else { String::new() };
    let problem = Problem::new(StatusCode::FORBIDDEN);
    match HeaderValue::from_str(&format!("Bearer error=\"insufficient_scope\"{wanted}")) {
        Ok(challenge) => problem.header(header::WWW_AUTHENTICATE, challenge).into(),
        Err(_) => problem.into(),
    }
}

fn time(since: Duration) -> SystemTime {
    SystemTime::UNIX_EPOCH + since
}

/// Without the claims, which tell about a person.
impl<C> fmt::Debug for Verified<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("issuer", &self.token.registered.issuer)
            .field("expires", &self.expires())
            .finish_non_exhaustive()
    }
}
