use bff::{Response, get, ws::WebSocketUpgrade};

#[get]
async fn open(upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .allow_origins(["https://app.example.com", "http://localhost:5173", "null", "nonsense"])
        .on_upgrade(async |_| {})
}
