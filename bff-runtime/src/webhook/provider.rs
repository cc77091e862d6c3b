use std::time::Duration;

use super::{Headers, Mac, Signed};

/// Somebody who sends webhooks, and how they are signed: HMAC with SHA-256 over the body, and what stands before it.
///
/// [`Stripe`](super::Stripe), [`GitHub`](super::GitHub), [`Slack`](super::Slack), [`Shopify`](super::Shopify) and
/// [`StandardWebhooks`](super::StandardWebhooks) are here. One more is a type of one's own with a name, a variable
/// and a way to read the headers:
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> bff::Result {
/// use bff::webhook::{Headers, Mac, Provider, Signed};
///
/// /// Signs `<time>:<body>` and sends `X-Acme-Signature: <hex>`.
/// struct Acme;
///
/// impl Provider for Acme {
///     const NAME: &'static str = "acme";
///     const VARIABLE: &'static str = "ACME_WEBHOOK_SECRET";
///
///     fn read(headers: Headers<'_>) -> Option<Signed<'_>> {
///         let time = headers.one("x-acme-time")?;
///         let signature = headers.one("x-acme-signature")?;
///         Some(Signed::body().after([time, ":"]).sent_at(time).hex(signature))
///     }
///
///     // Only `bff::webhook::sign` needs it.
///     fn write(mac: &Mac<'_>) -> Vec<(&'static str, String)> {
///         let time = mac.time().to_string();
///         vec![("x-acme-signature", mac.hex([&time, ":"])), ("x-acme-time", time)]
///     }
/// }
///
/// # use bff::{axum::{Router, routing::post}, webhook::{self, Webhook, Webhooks}};
/// # async fn receive(hook: Webhook<Acme>) -> String { format!("{} bytes", hook.bytes.len()) }
/// # let app = Router::new().route("/", post(receive)).layer(Webhooks::new().secret::<Acme>("key")?);
/// # let mut request = bff::testing::client(app).post("/").body("hello");
/// # for (name, value) in &webhook::sign::<Acme>(&"key".into(), "", b"hello")? {
/// #     request = request.header(name, value);
/// # }
/// # assert_eq!(request.await.text(), "5 bytes");
/// # Ok(())
/// # }
/// ```
pub trait Provider: 'static {
    /// What the log calls it. Ids of different providers are never taken for each other.
    const NAME: &'static str;

    /// The environment variable with the secret: one, or several with commas between them while they are replaced.
    const VARIABLE: &'static str;

    /// How far from now the time of a message may be, to either side. 5 minutes, as the Standard Webhooks libraries
    /// and those of Stripe have it.
    const TOLERANCE: Duration = Duration::from_secs(300);

    /// What the headers of a message say: its signatures, and what was signed. `None` when they do not say it, in
    /// which case the message is refused.
    fn read(headers: Headers<'_>) -> Option<Signed<'_>>;

    /// The bytes of the key that a secret stands for; `None` for what is no secret of this provider. The text itself,
    /// unless it says otherwise.
    fn key(secret: &str) -> Option<Vec<u8>> {
        Some(secret.as_bytes().to_vec())
    }

    /// The id of the message, for a provider that has it in the body. It is asked once the body is known to be
    /// genuine.
    fn id(body: &[u8]) -> Option<String> {
        let _ = body;
        None
    }

    /// The headers that this provider sends, for [`sign`](super::sign()). None, unless it says otherwise.
    fn write(mac: &Mac<'_>) -> Vec<(&'static str, String)> {
        let _ = mac;
        Vec::new()
    }
}
