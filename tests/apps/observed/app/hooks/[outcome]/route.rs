use bff::{
    Error, Result, post,
    webhook::{StandardWebhooks, Webhook},
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Event {
    n: u32,
}

/// Ends as the path says, and tells by its answer that it ran.
#[post]
async fn receive(
    outcome: String,
    Webhook { event, bytes, .. }: Webhook<StandardWebhooks, Event>,
) -> Result<String> {
    match &*outcome {
        "fails" => Err(Error::msg("it failed")),
        "panics" => panic!("it panicked"),
        _ => Ok(format!("{} of {} bytes", event.n, bytes.len())),
    }
}
