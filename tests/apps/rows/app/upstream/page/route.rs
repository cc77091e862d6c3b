use std::time::Duration;

use bff::{
    Json, Result,
    axum::Extension,
    get,
    upstream::{Partial, Upstream, Value, branch, join},
};
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    user: Value,
    news: Partial<Value>,
}

#[get]
async fn page(Extension(upstream): Extension<Upstream>) -> Result<Json<Page>> {
    let minute = Duration::from_secs(60);
    let (user, news) = join((
        branch("user", minute, upstream.get("/user").query("id", 7).fetch()),
        branch("news", minute, upstream.get("/missing").fetch()),
    ))
    .await;
    Ok(Json(Page { user: user.required()?, news }))
}
