use bff::{
    Result, get,
    request::Url,
    response::{Rss, RssItem},
};

use crate::POSTS;

/// RSS 2.0. Whatever a title holds is escaped.
#[get]
async fn feed(url: Url) -> Result<Rss> {
    let mut feed = Rss::new("News", url.join("/")?.href(), "What is new").address(url.href());
    for (path, title) in POSTS {
        feed = feed.item(RssItem::new(title).link(url.join(path)?.href()));
    }
    Ok(feed)
}
