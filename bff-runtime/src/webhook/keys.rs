use std::fmt;

use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Provider;
use crate::{Secret, env, env::VarError};

/// A key that has been taken up: what HMAC makes of the bytes of a secret.
#[derive(Clone)]
pub(super) struct Key(Hmac<Sha256>);

impl Key {
    pub(super) fn start(&self) -> Hmac<Sha256> {
        self.0.clone()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key([redacted])")
    }
}

/// A secret of webhooks that cannot be used. The text never has a part of one, so it may be logged.
///
/// ```
/// use bff::webhook::{StandardWebhooks, Webhooks};
///
/// let error = Webhooks::new().secret::<StandardWebhooks>("whsec_?").unwrap_err();
/// assert_eq!(error.to_string(), "a secret of standard webhooks is not in the form that the provider gives it");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookSecretError {
    provider: &'static str,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Empty,
    Malformed,
    Variable(VarError),
}

impl WebhookSecretError {
    fn of<P: Provider>(kind: Kind) -> Self {
        Self { provider: P::NAME, kind }
    }
}

impl fmt::Display for WebhookSecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { provider, kind } = self;
        match kind {
            Kind::Empty => {
                write!(f, "a secret of {provider} is empty, and anybody could sign with it")
            }
            Kind::Malformed => {
                write!(f, "a secret of {provider} is not in the form that the provider gives it")
            }
            Kind::Variable(error) => write!(f, "webhooks of {provider} are refused: {error}"),
        }
    }
}

impl std::error::Error for WebhookSecretError {}

/// The key of one secret.
pub(super) fn key<P: Provider>(secret: &str) -> Result<Key, WebhookSecretError> {
    if secret.trim().is_empty() {
        return Err(WebhookSecretError::of::<P>(Kind::Empty));
    }
    let malformed = || WebhookSecretError::of::<P>(Kind::Malformed);
    let bytes = Zeroizing::new(P::key(secret).ok_or_else(malformed)?);
    if bytes.is_empty() {
        return Err(WebhookSecretError::of::<P>(Kind::Empty));
    }
    // HMAC takes a key of any length (RFC 2104 section 2).
    Hmac::new_from_slice(&bytes).map(Key).map_err(|_| malformed())
}

/// The keys in the variable of the provider. One that cannot be used is no reason to go on with the others: somebody
/// believes that it counts.
pub(super) fn of_environment<P: Provider>() -> Result<Vec<Key>, WebhookSecretError> {
    let variable = |error| WebhookSecretError::of::<P>(Kind::Variable(error));
    in_text::<P>(&env::secret(P::VARIABLE).map_err(variable)?)
}

/// The keys in a text with commas between them. White space around one means nothing, nor does a comma too many.
fn in_text<P: Provider>(text: &Secret<String>) -> Result<Vec<Key>, WebhookSecretError> {
    let secrets = text.expose().split(',').map(str::trim).filter(|secret| !secret.is_empty());
    let keys = secrets.map(key::<P>).collect::<Result<Vec<_>, _>>()?;
    if keys.is_empty() { Err(WebhookSecretError::of::<P>(Kind::Empty)) } else { Ok(keys) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{GitHub, StandardWebhooks};

    #[test]
    fn attack_25_a_secret_that_is_empty_or_malformed_is_no_key() {
        for (text, github, standard) in [
            ("abcd", Ok(1), Ok(1)),
            (" abcd , efgh,", Ok(2), Ok(2)),
            ("whsec_abcd,whsec_efgh", Ok(2), Ok(2)),
            ("whsec_", Ok(1), Err(Kind::Empty)),
            ("abcd,whsec_", Ok(2), Err(Kind::Empty)),
            ("abcd,not base64!", Ok(2), Err(Kind::Malformed)),
            ("", Err(Kind::Empty), Err(Kind::Empty)),
            (" , ,", Err(Kind::Empty), Err(Kind::Empty)),
        ] {
            let text = Secret::new(text.to_owned());
            let kind = |error: WebhookSecretError| error.kind;
            let found = in_text::<GitHub>(&text).map(|keys| keys.len()).map_err(kind);
            assert_eq!(found, github, "{}", text.expose());
            let found = in_text::<StandardWebhooks>(&text).map(|keys| keys.len()).map_err(kind);
            assert_eq!(found, standard, "{}", text.expose());
        }
        assert!(key::<GitHub>("").is_err() && key::<GitHub>(" \n").is_err());
    }

    #[test]
    fn attack_25_without_a_variable_nothing_is_accepted() {
        struct Nobody;
        impl Provider for Nobody {
            const NAME: &'static str = "nobody";
            const VARIABLE: &'static str = "BFF_NOT_THERE";
            fn read(_: crate::webhook::Headers<'_>) -> Option<crate::webhook::Signed<'_>> {
                None
            }
        }
        let error = of_environment::<Nobody>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "webhooks of nobody are refused: environment variable `BFF_NOT_THERE` is not set"
        );
    }
}
