use bff::{Result, State, cache, get, put};

use crate::apps::cached::Cached;

#[get(revalidate = "none", tags = ["cached-posts", "cached-post:{id}"])]
async fn show(id: u64, State(cached): State<Cached>) -> String {
    format!("{id} {}", cached.run("post"))
}

/// How it is given up is in the body.
#[put]
async fn change(id: u64, how: String) -> Result<&'static str> {
    match &*how {
        "revalidate" => cache::revalidate_tag("cached-posts").await?,
        "update" => cache::update_tag(format!("cached-post:{id}")).await?,
        "path" => cache::revalidate_path(format!("/posts/{id}/")).await?,
        "pattern" => cache::revalidate_pattern("/posts/[id]").await?,
        "subtree" => cache::revalidate_subtree("/posts").await?,
        tag => cache::update_tag(tag).await?,
    }
    Ok("done")
}
