use bff::{Json, Request, RequestExt, Result, post};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Event {
    kind: String,
}

#[post]
async fn event(request: Request) -> Result<Json<Value>> {
    let (for_the_archive, for_us) = request.tee().await?;
    let kept = for_the_archive.bytes().await?.len();
    let event: Event = for_us.json().await?;
    Ok(Json(json!({ "kind": event.kind, "bytes": kept })))
}
