use base64::{Engine, prelude::BASE64_STANDARD};

use crate::webhook::{Headers, Mac, Provider, Signed};

/// Everybody who follows [Standard Webhooks](https://www.standardwebhooks.com): `webhook-id`, `webhook-timestamp`, and
/// `webhook-signature: v1,<base64> v1,<base64>` over `<id>.<time>.<body>`.
///
/// A secret is `whsec_` and the key in base64; the key in base64 alone is taken as well. Signatures of other versions,
/// the asymmetric `v1a` among them, count for nothing.
#[derive(Debug)]
pub struct StandardWebhooks;

impl Provider for StandardWebhooks {
    const NAME: &'static str = "standard webhooks";
    const VARIABLE: &'static str = "WEBHOOK_SECRET";

    fn read(headers: Headers<'_>) -> Option<Signed<'_>> {
        // With a full stop in the id the same bytes could be divided in two ways, which the specification warns of.
        let id = headers.one("webhook-id").filter(|id| !id.contains('.'))?;
        let time = headers.one("webhook-timestamp")?;
        let signatures = headers.one("webhook-signature")?.split(' ');
        let v1 = signatures.filter_map(|signature| signature.strip_prefix("v1,"));
        let signed = Signed::body().after([id, ".", time, "."]).sent_at(time).id(id);
        Some(v1.fold(signed, Signed::base64))
    }

    fn key(secret: &str) -> Option<Vec<u8>> {
        BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap_or(secret)).ok()
    }

    fn write(mac: &Mac<'_>) -> Vec<(&'static str, String)> {
        let time = mac.time().to_string();
        let signature = format!("v1,{}", mac.base64([mac.id(), ".", &time, "."]));
        vec![
            ("webhook-signature", signature),
            ("webhook-id", mac.id().to_owned()),
            ("webhook-timestamp", time),
        ]
    }
}
