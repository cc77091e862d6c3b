use std::fmt;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::{Error, Problem, observe::security_event};

/// Why a token is refused.
///
/// With `?` in a handler it becomes the response of its [`status`](Self::status). The client is told that the token is
/// invalid and never why (RFC 6750 section 3.1); the reason is for the log. That is why, like
/// [`bff::Error`](crate::Error), it does not implement [`std::error::Error`].
///
/// ```
/// use bff::jwt::{Algorithm, JwtError, Keys, Verifier};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), bff::jwt::KeyError> {
/// let keys = Keys::from_secret(Algorithm::Hs256, [7; 32])?;
/// let verifier = Verifier::new("https://issuer.example", "https://api.example", keys);
/// let unsigned = "eyJhbGciOiJub25lIn0.e30.";
/// let error = verifier.verify::<()>(unsigned).await.unwrap_err();
/// assert_eq!((error, error.status().as_u16()), (JwtError::Algorithm, 401));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JwtError {
    /// No JWS in compact form (RFC 7515 section 7.1): three parts of strict base64url, of which the first two are JSON
    /// objects without a member that stands twice.
    Malformed,
    /// Longer than 16 KiB.
    TooLarge,
    /// The header asks for something that is not understood here (`crit`, `b64`), or a member has the wrong type.
    Header,
    /// `alg` is missing, `none`, unknown, not allowed, or none that one of the keys is for.
    Algorithm,
    /// `typ` names another kind of token (RFC 8725 section 3.11).
    Type,
    /// No key has this `kid`.
    UnknownKey,
    /// The signature is not one of the keys'.
    Signature,
    /// This claim is missing or has the wrong type.
    Claim(&'static str),
    /// `iss` is somebody else.
    Issuer,
    /// `aud` does not name this app.
    Audience,
    /// `exp` has passed.
    Expired,
    /// `nbf` or `iat` is still to come.
    NotYetValid,
    /// The claims are not those that the app expects.
    Claims,
    /// The keys could not be fetched. The one error that is not about the token: 503.
    KeysUnavailable,
}

impl JwtError {
    /// The status of the response that this error becomes: 401, or 503 when there are no keys to verify with.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::KeysUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNAUTHORIZED,
        }
    }
}

impl From<JwtError> for Problem {
    fn from(error: JwtError) -> Self {
        let problem = Self::new(error.status());
        if error == JwtError::KeysUnavailable {
            // When it is tried next.
            return problem.header(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        tell(error);
        const INVALID: HeaderValue = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        problem.header(header::WWW_AUTHENTICATE, INVALID)
    }
}

/// A token that was good once, or will be, is what honest clients come with as well.
#[cold]
fn tell(error: JwtError) {
    let reason = error.to_string();
    if matches!(error, JwtError::Expired | JwtError::NotYetValid) {
        security_event!(INFO, "token_refused", reason = reason; "a token is refused");
    } else {
        security_event!(WARN, "token_refused", reason = reason; "a token is refused");
    }
}

impl From<JwtError> for Error {
    fn from(error: JwtError) -> Self {
        Problem::from(error).into()
    }
}

impl IntoResponse for JwtError {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
}

/// For the log: it has nothing of the token.
impl fmt::Display for JwtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the token is no signed JWT in compact form",
            Self::TooLarge => "the token is too large",
            Self::Header => "the header asks for what is not understood",
            Self::Algorithm => "the algorithm is not allowed",
            Self::Type => "the token is of another type",
            Self::UnknownKey => "no key has this `kid`",
            Self::Signature => "the signature does not match",
            Self::Claim(name) => {
                return write!(f, "the claim `{name}` is missing or has the wrong type");
            }
            Self::Issuer => "the issuer is another one",
            Self::Audience => "the token is for another audience",
            Self::Expired => "the token has expired",
            Self::NotYetValid => "the token is not valid yet",
            Self::Claims => "the claims are not those that are expected",
            Self::KeysUnavailable => "the keys could not be fetched",
        })
    }
}
