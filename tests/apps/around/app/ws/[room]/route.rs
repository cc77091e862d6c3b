use bff::{
    Response, State, get,
    ws::{Message, WebSocketUpgrade},
};

use crate::apps::around::Around;

/// Greets, echoes, and tells the test when it is over.
#[get]
async fn join(room: String, State(around): State<Around>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.protocols(["chat.v2", "chat.v1"]).on_upgrade(async move |mut socket| {
        let protocol =
            socket.protocol().map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
        let greeting = format!("room {room}, {protocol:?}");
        let mut is_open = socket.send(Message::Text(greeting.into())).await.is_ok();
        while is_open && let Some(Ok(message)) = socket.recv().await {
            is_open = match message {
                Message::Text(_) | Message::Binary(_) => socket.send(message).await.is_ok(),
                _ => true,
            };
        }
        around.events.tell("socket over");
    })
}
