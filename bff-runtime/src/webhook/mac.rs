use std::{fmt, time::SystemTime};

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, Mac as _};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

use super::{
    Provider, Signed,
    keys::{self, Key},
    signed::LENGTH,
    time::seconds,
};
use crate::{Result, Secret};

/// A message that is being signed, for [`Provider::write`].
pub struct Mac<'a> {
    key: &'a Key,
    id: &'a str,
    time: u64,
    body: &'a [u8],
}

impl fmt::Debug for Mac<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mac")
            .field("id", &self.id)
            .field("time", &self.time)
            .finish_non_exhaustive()
    }
}

impl Mac<'_> {
    /// The id of the message.
    pub fn id(&self) -> &str {
        self.id
    }

    /// When it is sent, in seconds since 1970.
    pub fn time(&self) -> u64 {
        self.time
    }

    /// The signature over these texts and the body, in lower-case hexadecimal digits.
    pub fn hex<'t>(&self, before: impl IntoIterator<Item = &'t str>) -> String {
        self.of(before).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The signature over these texts and the body, in base64 (RFC 4648 section 4).
    pub fn base64<'t>(&self, before: impl IntoIterator<Item = &'t str>) -> String {
        BASE64_STANDARD.encode(self.of(before))
    }

    fn of<'t>(&self, before: impl IntoIterator<Item = &'t str>) -> [u8; LENGTH] {
        mac(self.key, before, self.body)
    }
}

/// The headers with which `P` would send this body now: for tests of a handler, and for webhooks that an app sends
/// itself, with [`StandardWebhooks`](super::StandardWebhooks).
///
/// ```
/// use bff::{Secret, webhook::{StandardWebhooks, sign}};
///
/// let secret = Secret::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
/// let headers = sign::<StandardWebhooks>(&secret, "msg_1", br#"{"type":"order.paid"}"#)?;
/// assert_eq!(headers["webhook-id"], "msg_1");
/// # Ok::<(), bff::Error>(())
/// ```
///
/// # Errors
/// When the secret is none of this provider, or when the id is no header value.
pub fn sign<P: Provider>(secret: &Secret<String>, id: &str, body: &[u8]) -> Result<HeaderMap> {
    sign_at::<P>(secret, id, SystemTime::now(), body)
}

/// As [`sign`], at another time than now.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
///
/// use bff::webhook::{Slack, sign_at};
///
/// let time = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// let headers = sign_at::<Slack>(&"key".into(), "", time, b"command=%2Fdeploy")?;
/// assert_eq!(headers["x-slack-request-timestamp"], "1700000000");
/// # Ok::<(), bff::Error>(())
/// ```
///
/// # Errors
/// As [`sign`].
pub fn sign_at<P: Provider>(
    secret: &Secret<String>,
    id: &str,
    at: SystemTime,
    body: &[u8],
) -> Result<HeaderMap> {
    let key = keys::key::<P>(secret.expose())?;
    let mut headers = HeaderMap::new();
    for (name, value) in P::write(&Mac { key: &key, id, time: seconds(at), body }) {
        headers.insert(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
    }
    Ok(headers)
}

/// Whether one of the keys has made one of the signatures.
///
/// Each key is tried with each signature and all of them to the end (security row 24): neither how much of a
/// signature was right shows in the time, nor which key it was.
pub(super) fn is_genuine(keys: &[Key], signed: &Signed<'_>, body: &[u8]) -> bool {
    let mut found = Choice::from(0);
    for key in keys {
        let expected = mac(key, signed.before.iter().copied(), body);
        for signature in &signed.signatures {
            found |= expected.ct_eq(signature);
        }
    }
    found.into()
}

fn mac<'t>(key: &Key, before: impl IntoIterator<Item = &'t str>, body: &[u8]) -> [u8; LENGTH] {
    let mut mac: Hmac<Sha256> = key.start();
    for text in before {
        mac.update(text.as_bytes());
    }
    mac.update(body);
    mac.finalize().into_bytes().into()
}
