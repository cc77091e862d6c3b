use std::{fmt, marker::PhantomData, time::Duration};

use axum::extract::{FromRequest, Request};
use bytes::Bytes;

use super::{
    Headers, Provider, Raw, Replay, ReplayId, WebhookBody, WebhookRejection, Webhooks,
    delivery::Delivery, mac::is_genuine, time::is_near,
};
use crate::{observe::security_event, request, scope};

/// A message of a [`Provider`], known to be genuine, of now, and not handled before.
///
/// ```
/// use bff::webhook::{Stripe, Webhook};
///
/// #[derive(serde::Deserialize)]
/// struct Event {
///     #[serde(rename = "type")]
///     kind: String,
/// }
///
/// // #[post] in a route file
/// async fn receive(Webhook { event, .. }: Webhook<Stripe, Event>) -> &'static str {
///     println!("{}", event.kind);
///     "received"
/// }
/// ```
///
/// It takes the body, so it is the last argument, and a second one that reads the body does not compile.
///
/// # Errors
/// The sender is answered with a problem document, or with 200 when there is nothing left to do; see the
/// [module](super) for the order.
///
/// | status | |
/// |---|---|
/// | 200 | the message was handled before |
/// | 400 | the signature is missing or wrong, or the time is not within [`Provider::TOLERANCE`] of now (RH-399) |
/// | 408, 413 | the body is too slow, or too large: 64 KiB unless the route has a `body_limit` |
/// | 400, 422 | the body is genuine, and no `T` |
/// | 409 | the message is being handled |
/// | 500 | there is no secret, or one that cannot be used; the log says which |
/// | 503 | the store of ids cannot be asked |
pub struct Webhook<P, T = Raw> {
    /// What the body says.
    pub event: T,
    /// The body as it came.
    pub bytes: Bytes,
    provider: PhantomData<fn() -> P>,
}

/// How long an id is kept at least. Messages of a provider that signs no time could come again for ever.
const KEEP: Duration = Duration::from_secs(600);

impl<P, T, S> FromRequest<S> for Webhook<P, T>
where
    P: Provider,
    T: WebhookBody,
    S: Send + Sync,
{
    type Rejection = WebhookRejection;

    async fn from_request(mut request: Request, _: &S) -> Result<Self, WebhookRejection> {
        let hooks = Webhooks::of(request.extensions());
        let keys = hooks.keys::<P>()?;
        let headers = std::mem::take(request.headers_mut());
        let Some(signed) = P::read(Headers::new(&headers)).filter(|it| !it.signatures.is_empty())
        else {
            return Err(refused::<P>("unsigned", WebhookRejection::not_genuine()));
        };
        // Known before the body is asked for; what it is worth, the signature says.
        if let Some(time) = signed.sent_at
            && !is_near(time, hooks.now(), P::TOLERANCE)
        {
            return Err(refused::<P>("of another time", WebhookRejection::not_of_now()));
        }
        let bytes = request::read_within(request, hooks.default_limit()).await?;
        if !is_genuine(&keys, &signed, &bytes) {
            return Err(refused::<P>("not genuine", WebhookRejection::not_genuine()));
        }
        let event = T::from_genuine(&headers, &bytes)?;
        take_up::<P>(&hooks, ReplayId::of::<P>(&signed, &bytes)).await?;
        Ok(Self { event, bytes, provider: PhantomData })
    }
}

/// Takes the message up until the handler has answered.
async fn take_up<P: Provider>(hooks: &Webhooks, id: ReplayId) -> Result<(), WebhookRejection> {
    let store = hooks.store();
    // It passes from the one end of the tolerance to the other.
    let keep = KEEP.max(P::TOLERANCE.saturating_mul(2));
    match store.begin(&id, keep).await {
        Ok(Replay::New) => {}
        Ok(Replay::Running) => return Err(repeated::<P>(WebhookRejection::running())),
        Ok(Replay::Done) => return Err(repeated::<P>(WebhookRejection::done())),
        Err(error) => {
            tracing::error!(provider = P::NAME, %error, "the ids of webhooks cannot be kept");
            return Err(WebhookRejection::no_store());
        }
    }
    let delivery = Delivery::new(store.clone(), id);
    match scope::current() {
        // Of two webhooks of one request, which no handler can take, the second is not waited for.
        Some(scope) => drop(scope.delivery.set(delivery)),
        // Behind a router that is not ours nobody sees the answer.
        None => delivery.answered(http::StatusCode::OK),
    }
    Ok(())
}

/// Tells the log, which nothing of the request gets into (security row 31).
#[cold]
fn refused<P: Provider>(why: &'static str, rejection: WebhookRejection) -> WebhookRejection {
    security_event!(
        WARN,
        "webhook_refused",
        provider = P::NAME;
        "a webhook was not handled: {why}"
    );
    rejection
}

/// A message that comes again is the usual case of one: its sender has not seen the answer.
#[cold]
fn repeated<P: Provider>(rejection: WebhookRejection) -> WebhookRejection {
    security_event!(
        INFO,
        "webhook_repeated",
        provider = P::NAME;
        "a webhook has come before and was not handled again"
    );
    rejection
}

/// The event, and how long the body is.
impl<P, T: fmt::Debug> fmt::Debug for Webhook<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("event", &self.event)
            .field("n_bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
