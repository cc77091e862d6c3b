use bff::{OptionExt, Result, draft::Draft, get};

use crate::POST;

/// The post. Nobody on the way stores a draft.
#[get]
async fn show(slug: String, draft: Draft) -> Result<&'static str> {
    let (_, published, next) =
        Some(POST).filter(|(known, ..)| *known == slug).or_404("no such post")?;
    Ok(if draft.is_enabled() { next } else { published })
}
