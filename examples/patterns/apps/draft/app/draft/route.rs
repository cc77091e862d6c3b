use bff::{
    OptionExt, Query, Result, State, delete,
    draft::Draft,
    get,
    response::{Redirect, redirect, see_other, unauthorized},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{POST, Site, app};

#[derive(Deserialize)]
struct Preview {
    secret: String,
    slug: String,
}

/// Turns draft mode on. The target is made of the post that was found, never of what was sent.
#[get]
async fn enter(
    draft: Draft,
    State(site): State<Site>,
    Query(Preview { secret, slug }): Query<Preview>,
) -> Result<Redirect> {
    // Of hashes it tells nothing how long a comparison takes.
    if Sha256::digest(secret) != Sha256::digest(site.secret) {
        return Err(unauthorized());
    }
    let (slug, ..) = Some(POST).filter(|(known, ..)| *known == slug).or_404("no such post")?;
    draft.enable();
    Ok(redirect(app::posts::slug::path(slug)))
}

/// Turns it off. Not a GET: those are followed by whoever fetches ahead.
#[delete]
async fn exit(draft: Draft) -> Redirect {
    draft.disable();
    see_other(app::posts::slug::path(POST.0))
}
