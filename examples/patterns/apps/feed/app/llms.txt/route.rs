use bff::{
    Result, get,
    metadata::{LlmsLink, LlmsSection, LlmsTxt},
    request::Url,
};

use crate::{POSTS, app};

/// What a language model should know of the site.
#[get]
async fn llms(url: Url) -> Result<LlmsTxt> {
    let mut posts = LlmsSection::new("Posts");
    for (path, title) in POSTS {
        posts = posts.link(LlmsLink::new(title, url.join(path)?));
    }
    let feeds = app::ROUTES.iter().filter(|route| route.pattern().ends_with(".xml"));
    Ok(LlmsTxt::new("News").summary("What is new.").section(posts).routes("Feeds", &url, feeds))
}
