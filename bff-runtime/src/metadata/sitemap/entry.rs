use super::{SitemapVideo, left_out::LeftOut, number::decimal, sitemap::Namespaces};
use crate::metadata::{
    DateTime,
    markup::{in_attribute, line},
    web_url::web_url,
};

/// A page in a [`Sitemap`](super::Sitemap), with what is known about it (MDS-02).
///
/// ```
/// use bff::metadata::{ChangeFrequency, SitemapUrl};
///
/// let page = SitemapUrl::new("https://example.com/posts/7")
///     .last_modified("2024-05-01".parse::<bff::metadata::DateTime>()?)
///     .change_frequency(ChangeFrequency::Weekly)
///     .priority(0.8)
///     .alternate("de", "https://example.com/de/posts/7")
///     .image("https://example.com/posts/7.png");
/// # Ok::<(), bff::metadata::InvalidDateTime>(())
/// ```
///
/// Every address is a whole URL, `https://…`, of at most 2048 characters. What no URL holds as it stands is
/// percent-encoded. An entry whose address is none of these is left out, and the log says so; the same goes for an
/// alternate, an image or a video.
///
/// All text is escaped (MDS-06): `&amp;` that is passed in reaches crawlers as those five characters.
#[derive(Clone, Debug)]
#[must_use = "it is an entry for a sitemap"]
pub struct SitemapUrl {
    address: String,
    last_modified: Option<DateTime>,
    change_frequency: Option<ChangeFrequency>,
    priority: Option<f64>,
    alternates: Vec<(String, String)>,
    images: Vec<String>,
    videos: Vec<SitemapVideo>,
}

impl SitemapUrl {
    /// A page at this URL.
    pub fn new(url: impl AsRef<str>) -> Self {
        Self {
            address: url.as_ref().to_owned(),
            last_modified: None,
            change_frequency: None,
            priority: None,
            alternates: Vec::new(),
            images: Vec::new(),
            videos: Vec::new(),
        }
    }

    /// When the page last changed: a [`SystemTime`](std::time::SystemTime), or a date that was read (MDS-04).
    pub fn last_modified(mut self, time: impl Into<DateTime>) -> Self {
        self.last_modified = Some(time.into());
        self
    }

    /// How often the page is likely to change.
    pub fn change_frequency(mut self, frequency: ChangeFrequency) -> Self {
        self.change_frequency = Some(frequency);
        self
    }

    /// How important the page is among those of the site, from 0 to 1; crawlers take 0.5 where nothing is said. A number
    /// outside becomes the nearest inside, and what is no number is left out (MDS-04).
    pub fn priority(mut self, priority: f64) -> Self {
        self.priority = Some(priority);
        self
    }

    /// The same page in another language, `de` or `de-AT`, or `x-default`. A page lists itself as well.
    pub fn alternate(mut self, language: impl AsRef<str>, url: impl AsRef<str>) -> Self {
        self.alternates.push((language.as_ref().to_owned(), url.as_ref().to_owned()));
        self
    }

    /// The same page in other languages, in the order of this list.
    pub fn alternates<L: AsRef<str>, U: AsRef<str>>(
        self,
        languages: impl IntoIterator<Item = (L, U)>,
    ) -> Self {
        languages.into_iter().fold(self, |page, (language, url)| page.alternate(language, url))
    }

    /// An image on the page.
    pub fn image(mut self, url: impl AsRef<str>) -> Self {
        self.images.push(url.as_ref().to_owned());
        self
    }

    /// Images on the page.
    pub fn images<U: AsRef<str>>(self, urls: impl IntoIterator<Item = U>) -> Self {
        urls.into_iter().fold(self, Self::image)
    }

    /// A video on the page.
    pub fn video(mut self, video: SitemapVideo) -> Self {
        self.videos.push(video);
        self
    }

    /// Writes the entry and says what it needs; `None`, and nothing is written, when its address is none.
    ///
    /// What belongs to the format itself comes first, as its schema has it; extensions follow.
    pub(super) fn write(&self, out: &mut String, left_out: &mut LeftOut) -> Option<Namespaces> {
        let Some(address) = web_url(&self.address) else {
            left_out.note(&self.address);
            return None;
        };
        let mut needed = Namespaces::default();
        out.push_str("<url>\n");
        line(out, "loc", &address);
        if let Some(time) = &self.last_modified {
            line(out, "lastmod", &time.to_string());
        }
        if let Some(frequency) = self.change_frequency {
            line(out, "changefreq", frequency.as_str());
        }
        if let Some(priority) = self.priority.and_then(|number| decimal(number, 1.0)) {
            line(out, "priority", &priority);
        }
        for (language, url) in &self.alternates {
            let Some(url) = web_url(url) else {
                left_out.note(url);
                continue;
            };
            needed.xhtml = true;
            let (language, url) = (in_attribute(language), in_attribute(&url));
            out.extend(["<xhtml:link rel=\"alternate\" hreflang=\"", &language]);
            out.extend(["\" href=\"", &url, "\" />\n"]);
        }
        for url in &self.images {
            let Some(url) = web_url(url) else {
                left_out.note(url);
                continue;
            };
            needed.image = true;
            out.push_str("<image:image>\n");
            line(out, "image:loc", &url);
            out.push_str("</image:image>\n");
        }
        for video in &self.videos {
            needed.video |= video.write(out, left_out);
        }
        out.push_str("</url>\n");
        Some(needed)
    }
}

impl<T: AsRef<str>> From<T> for SitemapUrl {
    fn from(url: T) -> Self {
        Self::new(url)
    }
}

/// How often a page is likely to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeFrequency {
    /// With every visit.
    Always,
    /// Every hour.
    Hourly,
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every year.
    Yearly,
    /// It is in an archive.
    Never,
}

impl ChangeFrequency {
    /// The word of the format: `always`, `hourly`, …
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Yearly => "yearly",
            Self::Never => "never",
        }
    }
}
