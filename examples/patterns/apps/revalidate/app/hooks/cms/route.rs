use std::time::{SystemTime, UNIX_EPOCH};

use bff::{
    Json, Result, cache, post,
    webhook::{StandardWebhooks, Webhook},
};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// The post that was changed; without it there is a new one, or one less.
    slug: Option<String>,
}

#[derive(Serialize)]
struct Revalidated {
    revalidated: bool,
    /// Milliseconds since 1970.
    now: u128,
}

/// When it answers, the change is known in Redis: this instance has let go of the old answer, and the others do so within
/// 100 ms. With an error the CMS sends again.
#[post]
async fn changed(
    Webhook { event, .. }: Webhook<StandardWebhooks, Change>,
) -> Result<Json<Revalidated>> {
    match event.slug {
        Some(slug) => cache::update_tag(format!("post:{slug}")).await?,
        None => cache::update_tag("posts").await?,
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    Ok(Json(Revalidated { revalidated: true, now }))
}
