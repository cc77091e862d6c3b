use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use super::JwtError;

/// The registered claims of a token (RFC 7519 section 4.1), of the right types.
#[derive(Debug, Default)]
pub(super) struct Registered {
    pub(super) issuer: String,
    pub(super) audience: Vec<String>,
    pub(super) expires: Duration,
    pub(super) not_before: Option<Duration>,
    pub(super) issued: Option<Duration>,
    pub(super) subject: Option<String>,
    pub(super) id: Option<String>,
    /// `scope` (RFC 8693 section 4.2), or `scp` as some providers call it.
    pub(super) scopes: Vec<String>,
}

/// The end of the year 9999. Beyond, somebody has counted milliseconds.
const LATEST: f64 = 253_402_300_799.0;

impl Registered {
    /// A claim that is there has its type: a check that a value of another type would skip is none (CVE-2026-25537).
    pub(super) fn read(claims: &Map<String, Value>) -> Result<Self, JwtError> {
        let mut scopes = list(claims, "scope")?.unwrap_or_default();
        scopes.extend(list(claims, "scp")?.unwrap_or_default());
        Ok(Self {
            issuer: text(claims, "iss")?.ok_or(JwtError::Claim("iss"))?,
            audience: list(claims, "aud")?.ok_or(JwtError::Claim("aud"))?,
            expires: date(claims, "exp")?.ok_or(JwtError::Claim("exp"))?,
            not_before: date(claims, "nbf")?,
            issued: date(claims, "iat")?,
            subject: text(claims, "sub")?,
            id: text(claims, "jti")?,
            scopes: scopes
                .iter()
                .flat_map(|scope| scope.split(' '))
                .filter(|scope| !scope.is_empty())
                .map(str::to_owned)
                .collect(),
        })
    }

    /// Whether the token is from and for whom it should be, and now is its time.
    pub(super) fn check(
        &self,
        issuer: &str,
        audience: &str,
        leeway: Duration,
        now: SystemTime,
    ) -> Result<(), JwtError> {
        // An empty setting must not meet an empty claim.
        if issuer.is_empty() || self.issuer != issuer {
            return Err(JwtError::Issuer);
        }
        if audience.is_empty() || !self.audience.iter().any(|it| it == audience) {
            return Err(JwtError::Audience);
        }
        // Before 1970 nothing has been issued yet.
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        if now >= self.expires + leeway {
            return Err(JwtError::Expired);
        }
        if [self.not_before, self.issued].into_iter().flatten().any(|from| now + leeway < from) {
            return Err(JwtError::NotYetValid);
        }
        Ok(())
    }
}

fn text(claims: &Map<String, Value>, name: &'static str) -> Result<Option<String>, JwtError> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(JwtError::Claim(name)),
    }
}

/// One text, or several.
fn list(claims: &Map<String, Value>, name: &'static str) -> Result<Option<Vec<String>>, JwtError> {
    let wrong = JwtError::Claim(name);
    match claims.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(vec![text.clone()])),
        Some(Value::Array(texts)) => {
            let texts = texts.iter().map(|text| text.as_str().map(str::to_owned));
            texts.collect::<Option<_>>().map(Some).ok_or(wrong)
        }
        Some(_) => Err(wrong),
    }
}

/// A NumericDate: seconds since 1970, with or without a fraction (RFC 7519 section 2).
fn date(claims: &Map<String, Value>, name: &'static str) -> Result<Option<Duration>, JwtError> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    value
        .as_f64()
        .filter(|seconds| (0.0..=LATEST).contains(seconds))
        .map(|seconds| Some(Duration::from_secs_f64(seconds)))
        .ok_or(JwtError::Claim(name))
}
