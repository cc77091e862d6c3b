use std::{ops::Deref, sync::Arc, time::SystemTime};

use axum::extract::{FromRef, FromRequestParts};
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::{JwtError, Verified, Verifier, verified::Token};
use crate::{Error, Problem};

/// The token of a request, verified: `Authorization: Bearer …` (RFC 6750 section 2.1).
///
/// ```
/// use bff::{Json, Result, jwt::Bearer};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Claims {
///     tenant: String,
/// }
///
/// // #[get(require = reader)]
/// async fn show(token: Bearer<Claims>) -> String {
///     format!("{:?} of {}", token.subject(), token.claims.tenant)
/// }
///
/// async fn reader(token: Bearer) -> Result<()> {
///     token.require_scope("posts:read")
/// }
/// ```
///
/// The [`Verifier`] is in the app's state, or a part of it that `FromRef` gives. However many arguments of a request
/// want the token, its signature is checked once.
///
/// A token in the query or in a form is not looked at: URLs are in logs and histories (RFC 9700 section 4.3.2). The header
/// stands once, with one space behind `Bearer` in any case.
///
/// # Errors
/// 401 with `WWW-Authenticate: Bearer realm="…"` without a token, and with `error="invalid_token"` for one that is
/// refused; 400 with `error="invalid_request"` for several `Authorization` headers; 503 while keys cannot be fetched.
#[derive(Clone, Debug)]
pub struct Bearer<C = IgnoredAny>(pub Verified<C>);

impl<C> Deref for Bearer<C> {
    type Target = Verified<C>;

    fn deref(&self) -> &Verified<C> {
        &self.0
    }
}

impl<C, S> FromRequestParts<S> for Bearer<C>
where
    C: DeserializeOwned,
    Verifier: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let verifier = Verifier::from_ref(state);
        let sent = sent(&parts.headers, &verifier)?;
        if let Some(token) = Seen::find(&parts.extensions, &verifier, sent) {
            return Ok(Self(Verified::new(&token)?));
        }
        let seen = Seen {
            sent: sent.into(),
            token: verifier.token(sent, SystemTime::now()).await?,
            verifier,
        };
        let bearer = Self(Verified::new(&seen.token)?);
        parts.extensions.insert(Arc::new(seen));
        Ok(bearer)
    }
}

impl Verifier {
    /// The token of a request with these headers, for an app that has more than one verifier.
    ///
    /// ```
    /// use bff::{Result, http::HeaderMap, jwt::Verifier};
    ///
    /// async fn partner(partners: &Verifier, headers: &HeaderMap) -> Result<Option<String>> {
    ///     let token = partners.bearer::<()>(headers).await?;
    ///     Ok(token.subject().map(str::to_owned))
    /// }
    /// ```
    ///
    /// # Errors
    /// As the extractor [`Bearer`].
    pub async fn bearer<C: DeserializeOwned>(
        &self,
        headers: &HeaderMap,
    ) -> Result<Bearer<C>, Error> {
        Ok(Bearer(self.verify(sent(headers, self)?).await?))
    }
}

/// A token of this request that was verified before.
struct Seen {
    sent: Box<str>,
    verifier: Verifier,
    token: Arc<Token>,
}

impl Seen {
    fn find(extensions: &Extensions, verifier: &Verifier, sent: &str) -> Option<Arc<Token>> {
        let seen = extensions.get::<Arc<Self>>()?;
        (*seen.sent == *sent && seen.verifier.is(verifier)).then(|| Arc::clone(&seen.token))
    }
}

/// The token that a request was sent with.
fn sent<'a>(headers: &'a HeaderMap, verifier: &Verifier) -> Result<&'a str, Error> {
    let mut lines = headers.get_all(header::AUTHORIZATION).iter();
    let line = match (lines.next(), lines.next()) {
        (Some(line), None) => line,
        (Some(_), Some(_)) => {
            const INVALID: HeaderValue =
                HeaderValue::from_static("Bearer error=\"invalid_request\"");
            let problem = Problem::new(StatusCode::BAD_REQUEST);
            return Err(problem.header(header::WWW_AUTHENTICATE, INVALID).into());
        }
        (None, _) => return Err(unauthenticated(verifier)),
    };
    const SCHEME: &[u8] = b"Bearer";
    let Some((scheme, rest)) = line.as_bytes().split_at_checked(SCHEME.len()) else {
        return Err(unauthenticated(verifier));
    };
    if !scheme.eq_ignore_ascii_case(SCHEME) || rest.first().is_some_and(|byte| *byte != b' ') {
        // Another scheme, which may be for somebody else.
        return Err(unauthenticated(verifier));
    }
    let token = rest.get(1..).and_then(|token| std::str::from_utf8(token).ok());
    // What else a token is not, the verifier says.
    Ok(token.ok_or(JwtError::Malformed)?)
}

/// Without a token there is no error, but how to come with one (RFC 6750 section 3.1). The realm is the audience.
fn unauthenticated(verifier: &Verifier) -> Error {
    let problem = Problem::new(StatusCode::UNAUTHORIZED);
    let realm = verifier.audience().replace('\\', "\\\\").replace('"', "\\\"");
    match HeaderValue::from_str(&format!("Bearer realm=\"{realm}\"")) {
        Ok(challenge) => problem.header(header::WWW_AUTHENTICATE, challenge),
        Err(_) => problem.header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
    }
    .into()
}
