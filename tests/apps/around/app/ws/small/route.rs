use bff::{Response, State, get, ws::WebSocketUpgrade};

use crate::apps::around::Around;

/// Takes ten bytes and not one more.
#[get]
async fn open(State(around): State<Around>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.max_message_size(10).on_upgrade(async move |mut socket| {
        while let Some(message) = socket.recv().await {
            around.events.tell(if message.is_ok() { "taken" } else { "refused" });
        }
    })
}
