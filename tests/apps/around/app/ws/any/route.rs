use bff::{Response, get, ws::WebSocketUpgrade};

#[get]
async fn open(upgrade: WebSocketUpgrade) -> Response {
    upgrade.allow_any_origin().on_upgrade(async |_| {})
}
