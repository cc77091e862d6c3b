use bff::{
    Path, Response, State, after, axum::extract::MatchedPath, get, request_id::RequestId,
    ws::WebSocketUpgrade,
};

use crate::apps::around::Around;

/// Through axum's own router, with an id and with work for after the response.
#[get]
async fn open(
    Path(()): Path<()>,
    pattern: MatchedPath,
    State(around): State<Around>,
    id: RequestId,
    upgrade: WebSocketUpgrade,
) -> Response {
    after(around.work("done"));
    upgrade.on_upgrade(async move |mut socket| {
        let text = format!("{id} {}", pattern.as_str());
        let _ = socket.send(bff::ws::Message::Text(text.into())).await;
    })
}
