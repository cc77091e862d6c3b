use crate::webhook::{Headers, Mac, Provider, Signed};

/// GitHub: `X-Hub-Signature-256: sha256=<hex>` over the body.
///
/// The old `X-Hub-Signature`, which is SHA-1, counts for nothing. Neither a time nor an id is signed, so a message is
/// told apart by its bytes and its `X-GitHub-Event`; `X-GitHub-Delivery` could be changed by whoever sends it again.
/// Bodies may be larger than 64 KiB: GitHub sends up to 25 MB, so give the route a `body_limit`.
#[derive(Debug)]
pub struct GitHub;

impl Provider for GitHub {
    const NAME: &'static str = "github";
    const VARIABLE: &'static str = "GITHUB_WEBHOOK_SECRET";

    fn read(headers: Headers<'_>) -> Option<Signed<'_>> {
        let signature = headers.one("x-hub-signature-256")?.strip_prefix("sha256=")?;
        Some(Signed::body().kind(headers.one("x-github-event")).hex(signature))
    }

    fn write(mac: &Mac<'_>) -> Vec<(&'static str, String)> {
        vec![("x-hub-signature-256", format!("sha256={}", mac.hex([])))]
    }
}
