use std::time::Duration;

use bff::{
    IntoResponse, get,
    response::{LastEventId, SseEvent, sse},
};

use futures_util::{
    StreamExt,
    stream::{iter, pending},
};

/// Two events and then silence until the client goes.
#[get]
async fn listen(LastEventId(last): LastEventId) -> impl IntoResponse {
    let next = last.and_then(|id| id.parse().ok()).map_or(0, |id: u32| id + 1);
    let events = [next, next + 1].map(|n| {
        SseEvent::new(format!("tick {n}\nof many"))
            .event("tick")
            .id(n.to_string())
            .retry(Duration::from_secs(3))
    });
    sse(iter(events).chain(pending()))
}
