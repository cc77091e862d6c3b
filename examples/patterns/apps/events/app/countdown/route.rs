use std::time::Duration;

use bff::{
    IntoResponse, Response, get,
    response::{LastEventId, SseEvent, no_content, sse},
};
use futures_util::{StreamExt, stream};
use tokio::time::sleep;

/// Each event has an id, with which the browser asks for the rest. 204 tells it that there is none.
#[get]
async fn countdown(LastEventId(last): LastEventId) -> Response {
    let from = last.and_then(|id| id.parse().ok()).unwrap_or(4_u32);
    if from <= 1 {
        return no_content();
    }
    let events = stream::iter((1..from.min(4)).rev()).then(|second| async move {
        sleep(Duration::from_millis(100)).await;
        SseEvent::new(format!("{second} to go")).id(second.to_string()).event("tick")
    });
    sse(events).into_response()
}
