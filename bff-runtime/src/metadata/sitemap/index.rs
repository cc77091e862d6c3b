use axum::response::{IntoResponse, Response};

use super::left_out::LeftOut;
use crate::{
    metadata::{
        DateTime,
        markup::{DECLARATION, line},
        web_url::web_url,
    },
    response::xml,
};

/// A list of sitemaps, `application/xml; charset=utf-8` (MDS-09).
///
/// ```
/// use bff::metadata::SitemapIndex;
///
/// let index = SitemapIndex::new()
///     .sitemap("https://example.com/shop/sitemap/1.xml")
///     .sitemap_changed("https://example.com/blog/sitemap.xml", std::time::SystemTime::now());
/// ```
///
/// The addresses are whole URLs; any other is left out, and the log says so. At most 50,000 of them are read by crawlers.
#[derive(Clone, Debug, Default)]
#[must_use = "it is the response of a handler"]
pub struct SitemapIndex {
    text: String,
    left_out: LeftOut,
}

impl SitemapIndex {
    /// A list of no sitemaps.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a sitemap.
    pub fn sitemap(mut self, url: impl AsRef<str>) -> Self {
        self.add(url.as_ref(), None);
        self
    }

    /// Adds a sitemap that last changed at this time.
    pub fn sitemap_changed(mut self, url: impl AsRef<str>, time: impl Into<DateTime>) -> Self {
        self.add(url.as_ref(), Some(&time.into()));
        self
    }

    /// Adds sitemaps.
    pub fn sitemaps<U: AsRef<str>>(self, urls: impl IntoIterator<Item = U>) -> Self {
        urls.into_iter().fold(self, Self::sitemap)
    }

    /// The list as text, for a file.
    pub fn document(&self) -> String {
        format!(
            "{DECLARATION}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{}</sitemapindex>\n",
            self.text
        )
    }

    fn add(&mut self, url: &str, time: Option<&DateTime>) {
        let Some(whole) = web_url(url) else { return self.left_out.note(url) };
        self.text.push_str("<sitemap>\n");
        line(&mut self.text, "loc", &whole);
        if let Some(time) = time {
            line(&mut self.text, "lastmod", &time.to_string());
        }
        self.text.push_str("</sitemap>\n");
    }
}

impl IntoResponse for SitemapIndex {
    fn into_response(self) -> Response {
        self.left_out.log();
        xml(self.document())
    }
}
