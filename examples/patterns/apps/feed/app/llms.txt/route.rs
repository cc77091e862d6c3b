use bff::{get, request::Url};

use crate::POSTS;

/// What a language model should know of the site.
#[get]
async fn llms(url: Url) -> String {
    let mut text = "# News\n\n> What is new.\n\n## Posts\n\n".to_owned();
    for (path, title) in POSTS {
        text.push_str(&format!("- [{title}]({}{path})\n", url.origin()));
    }
    text
}
