use bff::{axum::extract::Extension, get, post, request::Cancellation, shield};

use crate::support::Events;

/// Begins something, waits until the client has left, and ends it.
#[get]
async fn show(Extension(events): Extension<Events>, cancellation: Cancellation) {
    shield(async move {
        events.tell("begun");
        cancellation.cancelled().await;
        // A server that does not wait would be gone by then.
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
        events.tell("done");
    })
    .await;
}

#[post]
async fn create() -> String {
    let answer = shield(async { 6 * 7 }).await;
    format!("{answer}")
}
