use bff::{
    Json, Result, State,
    cache::{Life, cached},
    get,
};

use crate::Cms;

/// Runs for every request, and asks the CMS as good as never.
#[get]
async fn index(State(cms): State<Cms>) -> Result<Json<Vec<String>>> {
    let slugs = cached("slugs", async move || cms.posts().await.map(|it| it.into_keys().collect()));
    Ok(Json(slugs.life(Life::DAYS).tags(["posts"]).await?))
}
