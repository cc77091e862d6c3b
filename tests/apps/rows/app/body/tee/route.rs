use bff::{Json, Request, RequestExt, Result, post};
use serde_json::Value;

/// One reader takes the text, the other the JSON (RH-394).
#[post]
async fn both(request: Request) -> Result<Json<(String, Value)>> {
    let (first, second) = request.tee().await?;
    Ok(Json((first.text().await?, second.json().await?)))
}
