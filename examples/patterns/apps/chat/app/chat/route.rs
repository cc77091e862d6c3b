use bff::{
    Response, State, get,
    ws::{Message, WebSocket, WebSocketUpgrade},
};
use tokio::sync::broadcast::error::RecvError;

use crate::Room;

/// Pages of other sites are refused, as are requests that open no socket.
#[get]
async fn chat(upgrade: WebSocketUpgrade, State(room): State<Room>) -> Response {
    upgrade.max_message_size(4096).on_upgrade(|socket| talk(socket, room))
}

/// Until the client leaves. Who is too slow misses messages instead of holding up the others.
async fn talk(mut socket: WebSocket, room: Room) {
    let mut heard = room.subscribe();
    loop {
        tokio::select! {
            said = socket.recv() => match said {
                Some(Ok(Message::Text(text))) => drop(room.send(text)),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            },
            text = heard.recv() => match text {
                Ok(text) => if socket.send(Message::Text(text)).await.is_err() { break },
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => break,
            },
        }
    }
}
