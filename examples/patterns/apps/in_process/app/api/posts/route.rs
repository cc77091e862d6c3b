use bff::{Json, Result, get};

use crate::posts;

/// The same for other programs.
#[get]
async fn list() -> Result<Json<Vec<&'static str>>> {
    Ok(Json(posts().await?))
}
