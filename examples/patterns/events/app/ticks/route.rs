use std::time::Duration;

use bff::{
    IntoResponse, get,
    response::{LastEventId, SseEvent, sse},
};
use futures_util::{StreamExt, stream::iter};
use tokio::time::sleep;

#[get]
async fn ticks(LastEventId(last): LastEventId) -> impl IntoResponse {
    let next = last.and_then(|id| id.parse::<u32>().ok()).map_or(0, |id| id.saturating_add(1));
    sse(iter(next..4).then(|number| async move {
        sleep(Duration::from_millis(20)).await;
        SseEvent::new(format!("tick {number}")).id(number.to_string())
    }))
}
