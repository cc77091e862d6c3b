use bff::{
    after, post,
    webhook::{Stripe, Webhook},
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
}

/// Genuine, of now, and not handled before: otherwise this does not run. The sender waits for the answer and sends
/// again without one, so the work comes after it.
#[post]
async fn payment(Webhook { event, .. }: Webhook<Stripe, Event>) -> &'static str {
    after(async move { println!("{} is {}", event.id, event.kind) });
    "received"
}
