//! Webhooks: messages of other services that are checked before anything is made of them.
//!
//! [`Webhook<P, T>`](Webhook) is the argument of a handler. `P` is who sends: [`Stripe`], [`GitHub`], [`Slack`],
//! [`Shopify`], everybody who follows [`StandardWebhooks`], or a [`Provider`] of one's own. `T` is what the body says;
//! without it there are the bytes.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> bff::Result {
//! use bff::{
//!     axum::{Router, routing::post},
//!     webhook::{GitHub, Webhook, Webhooks, sign},
//! };
//!
//! #[derive(serde::Deserialize)]
//! struct Push {
//!     after: String,
//! }
//!
//! async fn deploy(Webhook { event, .. }: Webhook<GitHub, Push>) -> String {
//!     format!("deploys {}", event.after)
//! }
//!
//! // In an app of route files the secret is in `GITHUB_WEBHOOK_SECRET`, and there is no layer.
//! let app = Router::new().route("/", post(deploy)).layer(Webhooks::new().secret::<GitHub>("key")?);
//! let client = bff::testing::client(app);
//! let body = r#"{"after":"6dcb09b"}"#;
//! let headers = sign::<GitHub>(&"key".into(), "", body.as_bytes())?;
//! let signed = || client.post("/").header("x-hub-signature-256", &headers["x-hub-signature-256"]);
//! assert_eq!(signed().body(body).await.text(), "deploys 6dcb09b");
//! assert_eq!(signed().body(body.replace("6", "7")).await.status(), 400);
//! # Ok(())
//! # }
//! ```
//!
//! # What is checked, in this order
//!
//! 1. There is a secret, and none is empty. Otherwise every message is refused with 500, and the log says why: a
//!    secret that is missing never means that anything goes.
//! 2. There is a signature, and the time that it is over, for a provider that signs one, is within 300 seconds of now.
//! 3. The body is read, 64 KiB at most. A `body_limit` of the handler or of `[[rules]]` sets another number, in either
//!    direction; that of `[server]` only a smaller one.
//! 4. One of the secrets has made one of the signatures. All of them are compared to the end, see
//!    [`Secret::matches`](crate::Secret::matches).
//! 5. The body is parsed. Nobody without a secret gets as far as the parser.
//! 6. The message was not handled before.
//!
//! What is wrong with a message is answered with 400, as RH-399 and the documentation of Stripe have it, and not with
//! 401: that has to name a way to log in (RFC 9110 section 15.5.2), and there is none. Every sender takes anything but
//! 2xx for a failure, whichever it is.
//!
//! # Messages that come twice
//!
//! Senders send again until they see a 2xx, and so could somebody who has overheard a message. Its id is kept for 600
//! seconds, by the [`ReplayStore`], which is in this process or, with the feature `redis` and `BFF_REDIS_URL`, in
//! Redis: a message that was handled is answered with 200 and not handled again, and one
//! that still is with 409, so that its sender asks later. When the handler does not answer with 2xx, panics or is
//! given up, the message is forgotten and its next attempt is handled.
//!
//! [`GitHub`] and [`Shopify`] sign no time, so a message of theirs could come again after that, and theirs is the one
//! header, the kind of event, that makes another message of the same bytes.
//!
//! That takes a handler in the app folder; behind a router of one's own the answer is not seen, and a message counts
//! as handled when it is given to the handler. Work that must happen once for ever, and not once in ten minutes, keeps
//! the ids with the data it changes.
//!
//! # Secrets
//!
//! In the variable of the provider ([`Provider::VARIABLE`]), `STRIPE_WEBHOOK_SECRET` for [`Stripe`], also in `.env`
//! files. Several with commas between them count alike, which is how one is replaced: add the new one, tell the
//! provider, take the old one away. A secret with a comma in it, or one that is kept elsewhere, is set by the layer
//! [`Webhooks`].
//!
//! Invariant: nothing of a message is parsed before it is known to be genuine, and nothing of it gets into a log.

mod body;
mod delivery;
mod extract;
mod headers;
mod keys;
mod mac;
mod memory;
mod provider;
mod providers;
#[cfg(feature = "redis")]
mod redis;
mod rejection;
mod replay;
mod settings;
mod signed;
mod time;

#[cfg(test)]
mod tests;

pub use self::{
    body::{Raw, WebhookBody},
    extract::Webhook,
    headers::Headers,
    keys::WebhookSecretError,
    mac::{Mac, sign, sign_at},
    memory::MemoryReplays,
    provider::Provider,
    providers::{GitHub, Shopify, Slack, StandardWebhooks, Stripe},
    rejection::WebhookRejection,
    replay::{Replay, ReplayFuture, ReplayId, ReplayStore},
    settings::Webhooks,
    signed::Signed,
};

#[cfg(feature = "redis")]
pub use self::redis::RedisReplays;

pub(crate) use self::delivery::Delivery;
