use bff::{
    Response, get,
    response::{Rss, RssItem, rss},
};

#[get]
async fn feed() -> Response {
    let item = RssItem::new("Fish & <chips>").link("https://example.com/posts/1");
    rss(Rss::new("Posts", "https://example.com", "What we wrote").item(item))
}
