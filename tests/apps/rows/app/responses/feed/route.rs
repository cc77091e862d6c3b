use bff::{
    get,
    response::{Rss, RssItem},
};

#[get]
async fn feed() -> Rss {
    Rss::new("News", "https://example.com", "What is new")
        .item(RssItem::new("</title><script>alert(1)"))
}
