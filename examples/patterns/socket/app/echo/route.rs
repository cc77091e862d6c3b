use bff::{
    Response, get,
    ws::{Message, WebSocketUpgrade},
};

#[get]
async fn echo(upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|mut socket| async move {
        while let Some(Ok(message)) = socket.recv().await {
            let Message::Text(text) = message else { continue };
            if socket.send(Message::Text(text)).await.is_err() {
                break;
            }
        }
    })
}
