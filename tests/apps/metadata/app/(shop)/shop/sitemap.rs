//! Several, with an index.

use bff::{
    State,
    metadata::{sitemap, sitemaps},
};

/// Every name has one.
#[sitemaps(timeout = "5s")]
async fn parts(State(names): State<super::Names>) -> bff::Result<Vec<&'static str>> {
    Ok(names.0.to_vec())
}

#[sitemap(revalidate = "1h", tags = ["name:{id}"])]
fn part(id: String) -> String {
    format!("<urlset>{id}</urlset>")
}
