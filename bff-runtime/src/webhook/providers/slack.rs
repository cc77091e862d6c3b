use crate::webhook::{Headers, Mac, Provider, Signed};

/// Slack: `X-Slack-Signature: v0=<hex>` over `v0:<time>:<body>`, with the time in `X-Slack-Request-Timestamp`.
///
/// Events are JSON, commands and interactions are urlencoded forms; the event is read from either.
#[derive(Debug)]
pub struct Slack;

impl Provider for Slack {
    const NAME: &'static str = "slack";
    const VARIABLE: &'static str = "SLACK_SIGNING_SECRET";

    fn read(headers: Headers<'_>) -> Option<Signed<'_>> {
        let time = headers.one("x-slack-request-timestamp")?;
        let signature = headers.one("x-slack-signature")?.strip_prefix("v0=")?;
        Some(Signed::body().after(["v0:", time, ":"]).sent_at(time).hex(signature))
    }

    fn write(mac: &Mac<'_>) -> Vec<(&'static str, String)> {
        let time = mac.time().to_string();
        let signature = format!("v0={}", mac.hex(["v0:", &time, ":"]));
        vec![("x-slack-signature", signature), ("x-slack-request-timestamp", time)]
    }
}
