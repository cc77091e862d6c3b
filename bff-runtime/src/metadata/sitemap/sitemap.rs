use std::ops::{BitOrAssign, Range};

use axum::response::{IntoResponse, Response};

use super::{SitemapUrl, left_out::LeftOut, split};
use crate::{metadata::markup::DECLARATION, request::Url, response::xml};

/// What a search engine should visit: a list of pages, `application/xml; charset=utf-8` (MDS-02, MDS-03).
///
/// ```
/// use bff::metadata::{Sitemap, SitemapUrl};
///
/// struct Post { url: String, changed: std::time::SystemTime }
///
/// # fn posts() -> Vec<Post> { Vec::new() }
/// // app/sitemap.rs has #[sitemap] above it, a route file #[get].
/// async fn sitemap() -> Sitemap {
///     posts().into_iter().map(|post| SitemapUrl::new(&post.url).last_modified(post.changed)).collect()
/// }
/// ```
///
/// # More than a file may hold
///
/// A file has at most 50,000 pages and 50 MB (52,428,800 bytes); crawlers refuse a larger one (MDS-10). A `#[sitemap]`
/// that returns more is split by itself: its URL has an index, and the parts are at `?part=1`, `?part=2` and so on of
/// the same URL. In a route file [`at`](Self::at) does the same:
///
/// ```
/// use bff::{Response, metadata::Sitemap, request::Url};
///
/// // app/pages.xml/route.rs
/// async fn pages(url: Url) -> Response {
///     let pages = (0..60_000).map(|n| format!("https://example.com/{n}"));
///     pages.collect::<Sitemap>().at(&url)
/// }
/// ```
///
/// It has to be told, because a response does not know where it is sent to, and an index names whole URLs. A response
/// that was not told is sent as one file, with a warning in the log. The handler runs for every part; where that costs
/// much, and for `bff export`, which writes no file for a URL with a query, `#[sitemaps]` lists parts of the app's own.
///
/// # Not to be confused with
/// [`SitemapIndex`](super::SitemapIndex), a list of sitemaps.
#[derive(Clone, Debug, Default)]
#[must_use = "it is the response of a handler"]
pub struct Sitemap {
    /// The entries, written already: their size is known, and a part of them is a part of the text.
    text: String,
    entries: Vec<Entry>,
    left_out: LeftOut,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Where it ends in the text.
    end: usize,
    needed: Namespaces,
}

/// The extensions that an entry uses.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Namespaces {
    pub(super) image: bool,
    pub(super) video: bool,
    pub(super) xhtml: bool,
}

impl BitOrAssign for Namespaces {
    fn bitor_assign(&mut self, other: Self) {
        self.image |= other.image;
        self.video |= other.video;
        self.xhtml |= other.xhtml;
    }
}

impl Sitemap {
    /// A sitemap without pages. The format asks for one at least.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page: its URL, or a [`SitemapUrl`] with more about it.
    pub fn url(mut self, url: impl Into<SitemapUrl>) -> Self {
        self.add(&url.into());
        self
    }

    /// Adds pages.
    pub fn urls<U: Into<SitemapUrl>>(mut self, urls: impl IntoIterator<Item = U>) -> Self {
        self.extend(urls);
        self
    }

    /// How many pages it has, without those that were left out.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when it has no page.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The sitemap as text, for a file, whatever its size.
    pub fn document(&self) -> String {
        self.document_of(0..self.entries.len())
    }

    /// The response at this URL, that of the request: the sitemap, or where it is more than a file may hold, an index
    /// of its parts or the part that the query names.
    ///
    /// # Errors
    /// 404 for a `part` that there is not.
    pub fn at(self, url: &Url) -> Response {
        split::split_sitemap(self.into_response(), Some(url))
    }

    fn add(&mut self, url: &SitemapUrl) {
        if let Some(needed) = url.write(&mut self.text, &mut self.left_out) {
            self.entries.push(Entry { end: self.text.len(), needed });
        }
    }

    pub(super) fn document_of(&self, entries: Range<usize>) -> String {
        let text = self.text.get(self.start(entries.start)..self.start(entries.end));
        let mut needed = Namespaces::default();
        self.entries.get(entries).unwrap_or_default().iter().for_each(|it| needed |= it.needed);
        let mut document = String::with_capacity(text.map_or(0, str::len) + FRAME);
        document.extend([DECLARATION, OPENING]);
        for (is_needed, declaration) in [
            (needed.image, " xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\""),
            (needed.video, " xmlns:video=\"http://www.google.com/schemas/sitemap-video/1.1\""),
            (needed.xhtml, " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\""),
        ] {
            if is_needed {
                document.push_str(declaration);
            }
        }
        document.extend([">\n", text.unwrap_or_default(), "</urlset>\n"]);
        document
    }

    /// Where an entry begins in the text.
    pub(super) fn start(&self, entry: usize) -> usize {
        let before = entry.checked_sub(1).and_then(|entry| self.entries.get(entry));
        before.map_or(0, |before| before.end)
    }

    #[cfg(test)]
    pub(super) fn left_out(&self) -> usize {
        self.left_out.count()
    }
}

const OPENING: &str = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// More than what stands around the entries in any document.
pub(super) const FRAME: usize = 512;

impl<U: Into<SitemapUrl>> Extend<U> for Sitemap {
    fn extend<I: IntoIterator<Item = U>>(&mut self, urls: I) {
        urls.into_iter().for_each(|url| self.add(&url.into()));
    }
}

impl<U: Into<SitemapUrl>> FromIterator<U> for Sitemap {
    fn from_iter<I: IntoIterator<Item = U>>(urls: I) -> Self {
        Self::new().urls(urls)
    }
}

impl IntoResponse for Sitemap {
    fn into_response(self) -> Response {
        self.left_out.log();
        if self.fits_in_a_file() { xml(self.document()) } else { split::oversized(self) }
    }
}
