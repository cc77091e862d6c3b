use bff::{Json, Result, get, upstream::Value};

#[get]
async fn index() -> Result<Json<Value>> {
    // The upstream that is declared is there, whatever else is wrong.
    let response = crate::app::upstreams::CATALOG.get("/").send().await?;
    Ok(Json(response.json().await?))
}
