use bff::{after, axum::extract::Extension, get, request::Cancellation};

use crate::support::Events;

/// Never answers. Two tell what becomes of the request: a task of its own, and the work after it.
#[get]
async fn show(Extension(events): Extension<Events>, cancellation: Cancellation) {
    after({
        let (events, cancellation) = (events.clone(), cancellation.clone());
        async move { events.tell(if cancellation.is_cancelled() { "after" } else { "not cancelled" }) }
    });
    tokio::spawn({
        let events = events.clone();
        async move {
            cancellation.cancelled().await;
            events.tell("cancelled");
        }
    });
    events.tell("begun");
    std::future::pending().await
}
