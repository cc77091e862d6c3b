use std::time::SystemTime;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};

use super::{XmlElement, content, http_date};

/// A feed, RSS 2.0 (RH-397). It has what the format requires, and escapes all of it.
///
/// ```
/// use bff::response::{Rss, RssItem};
/// use std::time::SystemTime;
///
/// // app/rss.xml/route.rs
/// async fn feed() -> Rss {
///     Rss::new("News", "https://example.com", "What is new")
///         .language("en")
///         .item(RssItem::new("Tom & Jerry").link("https://example.com/7").published(SystemTime::now()))
/// }
/// ```
///
/// The response is `application/rss+xml; charset=utf-8`.
#[derive(Clone, Debug)]
#[must_use = "it is the response of a handler"]
pub struct Rss {
    channel: XmlElement,
    own_address: bool,
}

impl Rss {
    /// A feed without items: its title, the site that it belongs to, and a sentence about it, which the format
    /// all requires.
    pub fn new(
        title: impl AsRef<str>,
        link: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Self {
        let channel = XmlElement::new("channel")
            .child(leaf("title", title))
            .child(leaf("link", link))
            .child(leaf("description", description));
        Self { channel, own_address: false }
    }

    /// The language of the feed: `en`, `de-at`.
    pub fn language(self, language: impl AsRef<str>) -> Self {
        self.with(leaf("language", language))
    }

    /// When something in it last changed. A time before 1970 or after 9999 is left out.
    pub fn updated(self, time: SystemTime) -> Self {
        match date("lastBuildDate", time) {
            Some(date) => self.with(date),
            None => self,
        }
    }

    /// How many minutes a reader may keep it before it asks again.
    pub fn minutes_to_live(self, minutes: u32) -> Self {
        self.with(leaf("ttl", minutes.to_string()))
    }

    /// The address of the feed itself, which validators ask for.
    pub fn address(mut self, url: impl AsRef<str>) -> Self {
        self.own_address = true;
        self.with(
            XmlElement::new("atom:link")
                .attribute("href", url)
                .attribute("rel", "self")
                .attribute("type", "application/rss+xml"),
        )
    }

    /// Adds an item; the newest comes first.
    pub fn item(self, item: RssItem) -> Self {
        self.with(item.element)
    }

    /// Adds items.
    pub fn items(self, items: impl IntoIterator<Item = RssItem>) -> Self {
        items.into_iter().fold(self, Self::item)
    }

    /// The feed as text, for a file.
    pub fn document(&self) -> String {
        let mut rss = XmlElement::new("rss").attribute("version", "2.0");
        if self.own_address {
            rss = rss.attribute("xmlns:atom", "http://www.w3.org/2005/Atom");
        }
        rss.child(self.channel.clone()).document()
    }

    fn with(mut self, element: XmlElement) -> Self {
        self.channel = self.channel.child(element);
        self
    }
}

impl IntoResponse for Rss {
    fn into_response(self) -> Response {
        let mut response = content::xml(self.document());
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/rss+xml; charset=utf-8"),
        );
        response
    }
}

/// A feed; [`Rss`] as it is, beside the other functions.
///
/// ```
/// use bff::response::{Rss, rss};
///
/// let response = rss(Rss::new("News", "https://example.com", "What is new"));
/// assert_eq!(response.headers()["content-type"], "application/rss+xml; charset=utf-8");
/// ```
pub fn rss(feed: Rss) -> Response {
    feed.into_response()
}

/// An item of a feed. The format requires a title or a description.
#[derive(Clone, Debug)]
#[must_use = "it is an item for a feed"]
pub struct RssItem {
    element: XmlElement,
}

impl RssItem {
    /// An item with a title.
    pub fn new(title: impl AsRef<str>) -> Self {
        Self { element: XmlElement::new("item").child(leaf("title", title)) }
    }

    /// An item without a title: a note.
    pub fn note(description: impl AsRef<str>) -> Self {
        Self { element: XmlElement::new("item") }.description(description)
    }

    /// The URL of the item.
    pub fn link(self, url: impl AsRef<str>) -> Self {
        self.with(leaf("link", url))
    }

    /// The text, or a summary. Readers take it for HTML: what users wrote as text goes through
    /// [`html_escape`](super::html_escape), what they wrote as HTML through `sanitize_html`.
    pub fn description(self, html: impl AsRef<str>) -> Self {
        self.with(leaf("description", html))
    }

    /// What tells this item from all others and never changes. It is no URL, unless it says so as a link.
    pub fn id(self, id: impl AsRef<str>) -> Self {
        self.with(leaf("guid", id).attribute("isPermaLink", "false"))
    }

    /// When it was published. A time before 1970 or after 9999 is left out.
    pub fn published(self, time: SystemTime) -> Self {
        match date("pubDate", time) {
            Some(date) => self.with(date),
            None => self,
        }
    }

    /// A subject; there may be several.
    pub fn category(self, category: impl AsRef<str>) -> Self {
        self.with(leaf("category", category))
    }

    fn with(mut self, element: XmlElement) -> Self {
        self.element = self.element.child(element);
        self
    }
}

fn leaf(name: &'static str, text: impl AsRef<str>) -> XmlElement {
    XmlElement::new(name).text(text)
}

/// RSS has dates of RFC 822 with years of four digits; those of HTTP are such.
fn date(name: &'static str, time: SystemTime) -> Option<XmlElement> {
    Some(leaf(name, http_date::format(time)?))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn rh_397_a_feed_has_what_rss_requires_and_nothing_gets_out() {
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let feed = Rss::new("a & b", "https://example.com/?a=1&b=2", "<all>")
            .language("en")
            .updated(then)
            .minutes_to_live(60)
            .address("https://example.com/rss.xml")
            .items([
                RssItem::new("</title><script>")
                    .link("https://example.com/7")
                    .id("7")
                    .published(then)
                    .category("x"),
                RssItem::note("<p>one</p>")
                    .published(SystemTime::UNIX_EPOCH - Duration::from_secs(1)),
            ]);
        assert_eq!(
            feed.document(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>\
             <title>a &amp; b</title><link>https://example.com/?a=1&amp;b=2</link><description>&lt;all&gt;</description>\
             <language>en</language><lastBuildDate>Sun, 06 Nov 1994 08:49:37 GMT</lastBuildDate><ttl>60</ttl>\
             <atom:link href=\"https://example.com/rss.xml\" rel=\"self\" type=\"application/rss+xml\"/>\
             <item><title>&lt;/title&gt;&lt;script&gt;</title><link>https://example.com/7</link>\
             <guid isPermaLink=\"false\">7</guid><pubDate>Sun, 06 Nov 1994 08:49:37 GMT</pubDate>\
             <category>x</category></item>\
             <item><description>&lt;p&gt;one&lt;/p&gt;</description></item>\
             </channel></rss>\n"
        );
    }

    #[test]
    fn a_feed_without_an_address_needs_no_namespace() {
        assert!(
            Rss::new("t", "l", "d")
                .document()
                .contains("<rss version=\"2.0\"><channel><title>t</title>")
        );
    }
}
