//! Row 56 of the security bar: of each table only the good message passes, for every provider.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    body::Body,
    extract::{FromRequest, Request},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use serde::Deserialize;

use super::*;
use crate::Secret;

mod bodies;
mod cases;
mod fuzz;
mod replays;
mod vectors;

/// `whsec_` and base64, so that it is a secret of every provider.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
const BODY: &str = r#"{"id": "evt_1", "amount": 700}"#;
const NOW: u64 = 1_700_000_000;

#[derive(Debug, Deserialize, PartialEq)]
struct Event {
    amount: u64,
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Settings with one secret of every provider, in which it is always [`NOW`].
fn hooks() -> Webhooks {
    fn with<P: Provider>(hooks: Webhooks) -> Webhooks {
        hooks.secret::<P>(SECRET).unwrap()
    }
    let hooks = with::<Stripe>(with::<GitHub>(with::<Slack>(Webhooks::new())));
    with::<Shopify>(with::<StandardWebhooks>(hooks)).clock(|| at(NOW))
}

/// The headers of a message that was signed with `secret` so many seconds after [`NOW`].
fn headers<P: Provider>(secret: &str, after: i64, body: &str) -> HeaderMap {
    let time = at(NOW.checked_add_signed(after).unwrap());
    sign_at::<P>(&Secret::from(secret), "msg_1", time, body.as_bytes()).unwrap()
}

fn request(headers: HeaderMap, body: impl Into<Body>) -> Request {
    let mut request = Request::new(body.into());
    *request.method_mut() = Method::POST;
    *request.headers_mut() = headers;
    request
}

/// What becomes of a message: its event, or the status of the refusal.
async fn receive<P: Provider>(
    hooks: &Webhooks,
    headers: HeaderMap,
    body: impl Into<Body>,
) -> Result<Event, u16> {
    let mut request = request(headers, body);
    request.extensions_mut().insert(hooks.clone());
    let hook = Webhook::<P, Event>::from_request(request, &()).await;
    hook.map(|hook| hook.event).map_err(|rejection| rejection.status().as_u16())
}
