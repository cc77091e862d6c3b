use super::{Algorithm, JwtError, base64url, object::Object};

/// What a token may be long. A browser's and a proxy's limits for a header are lower.
pub(super) const LARGEST: usize = 16 * 1024;

/// A JWS in compact form (RFC 7515 section 7.1), whose signature has not been looked at.
#[derive(Debug)]
pub(super) struct Compact<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) kid: Option<String>,
    pub(super) typ: Option<String>,
    /// What the signature is over: the first two parts with the dot between them, as they were sent.
    pub(super) signed: &'a str,
    pub(super) signature: Vec<u8>,
    body: &'a str,
}

impl<'a> Compact<'a> {
    /// Takes a token apart, strictly: one token has one text, and one reading.
    pub(super) fn parse(token: &'a str) -> Result<Self, JwtError> {
        if token.len() > LARGEST {
            return Err(JwtError::TooLarge);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(JwtError::Malformed)?;
        let (header, body) = signed.split_once('.').ok_or(JwtError::Malformed)?;
        let header = base64url::decoded(header).ok_or(JwtError::Malformed)?;
        let Object(header) = Object::parse(&header).ok_or(JwtError::Malformed)?;
        // No extension is understood here, so none can be critical (RFC 7515 section 4.1.11, RFC 7797 section 6).
        if header.contains_key("crit") || header.contains_key("b64") {
            return Err(JwtError::Header);
        }
        let text = |name| match header.get(name) {
            None => Ok(None),
            Some(value) => Ok(Some(value.as_str().ok_or(JwtError::Header)?)),
        };
        // `jku`, `jwk`, `x5u` and `x5c` would let the token choose its key; they are not looked at (RFC 8725 section 3.10).
        let algorithm = text("alg")?.and_then(|name| name.parse().ok());
        Ok(Self {
            algorithm: algorithm.ok_or(JwtError::Algorithm)?,
            kid: text("kid")?.map(str::to_owned),
            typ: text("typ")?.map(str::to_owned),
            signed,
            signature: base64url::decoded(signature).ok_or(JwtError::Malformed)?,
            body,
        })
    }

    /// What was signed, for who has checked that it was.
    pub(super) fn body(&self) -> Result<Vec<u8>, JwtError> {
        base64url::decoded(self.body).ok_or(JwtError::Malformed)
    }
}
