use bff::{OptionExt, Result, State, get};

use crate::Cms;

/// Its answers are kept until the CMS says that the post, or something about all of them, has changed.
#[get(revalidate = "none", tags = ["posts", "post:{slug}"])]
async fn show(slug: String, State(cms): State<Cms>) -> Result<String> {
    cms.posts().await?.remove(&slug).or_404("no such post")
}
