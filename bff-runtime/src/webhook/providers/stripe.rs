use serde::Deserialize;

use crate::webhook::{Headers, Mac, Provider, Signed};

/// Stripe: `Stripe-Signature: t=<time>,v1=<hex>`, one `v1` for each key, over `<time>.<body>`.
///
/// The secret of the endpoint, `whsec_…`, is the key as it stands. The id is that of the event, which stays the same
/// when Stripe tries again.
#[derive(Debug)]
pub struct Stripe;

impl Provider for Stripe {
    const NAME: &'static str = "stripe";
    const VARIABLE: &'static str = "STRIPE_WEBHOOK_SECRET";

    fn read(headers: Headers<'_>) -> Option<Signed<'_>> {
        let mut time = None;
        let mut signed = Signed::body();
        for item in headers.one("stripe-signature")?.split(',') {
            match item.split_once('=')? {
                ("t", _) if time.is_some() => return None,
                ("t", value) => time = Some(value),
                ("v1", signature) => signed = signed.hex(signature),
                // `v0` is for test events, and no signature of its own; later schemes are not known.
                _ => {}
            }
        }
        let time = time?;
        Some(signed.after([time, "."]).sent_at(time))
    }

    fn id(body: &[u8]) -> Option<String> {
        #[derive(Deserialize)]
        struct Event {
            id: String,
        }
        serde_json::from_slice(body).ok().map(|Event { id }| id)
    }

    fn write(mac: &Mac<'_>) -> Vec<(&'static str, String)> {
        let time = mac.time().to_string();
        vec![("stripe-signature", format!("t={time},v1={}", mac.hex([&time, "."])))]
    }
}
