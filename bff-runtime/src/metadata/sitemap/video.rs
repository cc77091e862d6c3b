use std::time::Duration;

use super::{left_out::LeftOut, number::decimal};
use crate::metadata::{
    DateTime,
    markup::{line, line_with},
    web_url::web_url,
};

/// The longest video that the format has a number for: 8 hours.
const LONGEST: u64 = 28_800;

/// As many tags as a video may have.
const MOST_TAGS: usize = 32;

/// A video on a page of a [`Sitemap`](super::Sitemap) (MDS-05). Google asks for one of
/// [`content`](Self::content) and [`player`](Self::player).
///
/// ```
/// use bff::metadata::{SitemapVideo, VideoAccess};
/// use std::time::Duration;
///
/// let video = SitemapVideo::new("Tom & Jerry", "https://example.com/7.png", "They meet.")
///     .content("https://example.com/7.mp4")
///     .duration(Duration::from_secs(600))
///     .view_count(0)
///     .restriction(VideoAccess::Allow, ["IE", "GB"])
///     .uploader("Ada");
/// ```
///
/// Without an address for its picture that is a whole URL it is left out, and the log says so.
#[derive(Clone, Debug)]
#[must_use = "it is a video for an entry of a sitemap"]
pub struct SitemapVideo {
    title: String,
    thumbnail: String,
    description: String,
    content: Option<String>,
    player: Option<String>,
    duration: Option<Duration>,
    view_count: Option<u64>,
    tags: Vec<String>,
    rating: Option<f64>,
    expires: Option<DateTime>,
    published: Option<DateTime>,
    family_friendly: Option<bool>,
    requires_subscription: Option<bool>,
    live: Option<bool>,
    restriction: Option<(VideoAccess, String)>,
    platform: Option<(VideoAccess, String)>,
    uploader: Option<(String, Option<String>)>,
}

/// Whether a list names who may see a video, or who may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VideoAccess {
    /// Those on the list and nobody else.
    Allow,
    /// Everybody but those on the list.
    Deny,
}

impl VideoAccess {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
        }
    }
}

impl SitemapVideo {
    /// A video with what the format requires: its title, the URL of a picture of it, and what it is about.
    pub fn new(
        title: impl AsRef<str>,
        thumbnail: impl AsRef<str>,
        description: impl AsRef<str>,
    ) -> Self {
        Self {
            title: title.as_ref().to_owned(),
            thumbnail: thumbnail.as_ref().to_owned(),
            description: description.as_ref().to_owned(),
            content: None,
            player: None,
            duration: None,
            view_count: None,
            tags: Vec::new(),
            rating: None,
            expires: None,
            published: None,
            family_friendly: None,
            requires_subscription: None,
            live: None,
            restriction: None,
            platform: None,
            uploader: None,
        }
    }

    /// The URL of the video itself.
    pub fn content(mut self, url: impl AsRef<str>) -> Self {
        self.content = Some(url.as_ref().to_owned());
        self
    }

    /// The URL of a player for it.
    pub fn player(mut self, url: impl AsRef<str>) -> Self {
        self.player = Some(url.as_ref().to_owned());
        self
    }

    /// How long it is, in whole seconds. Less than one and more than 8 hours are left out: the format has no number
    /// for them.
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// How often it has been seen; 0 counts (MDS-05).
    pub fn view_count(mut self, count: u64) -> Self {
        self.view_count = Some(count);
        self
    }

    /// A word about it; there may be 32, and more are left out.
    pub fn tag(mut self, tag: impl AsRef<str>) -> Self {
        self.tags.push(tag.as_ref().to_owned());
        self
    }

    /// How good it is, from 0 to 5. A number outside becomes the nearest inside, and what is no number is left out.
    pub fn rating(mut self, rating: f64) -> Self {
        self.rating = Some(rating);
        self
    }

    /// From when on nobody can see it any more.
    pub fn expires(mut self, time: impl Into<DateTime>) -> Self {
        self.expires = Some(time.into());
        self
    }

    /// When it was published.
    pub fn published(mut self, time: impl Into<DateTime>) -> Self {
        self.published = Some(time.into());
        self
    }

    /// Whether children may see it.
    pub fn family_friendly(mut self, yes: bool) -> Self {
        self.family_friendly = Some(yes);
        self
    }

    /// Whether one has to pay to see it.
    pub fn requires_subscription(mut self, yes: bool) -> Self {
        self.requires_subscription = Some(yes);
        self
    }

    /// Whether it is a live stream.
    pub fn live(mut self, yes: bool) -> Self {
        self.live = Some(yes);
        self
    }

    /// The countries where it can be seen or cannot, in ISO 3166: `IE`, `GB`.
    pub fn restriction<C: AsRef<str>>(
        mut self,
        access: VideoAccess,
        countries: impl IntoIterator<Item = C>,
    ) -> Self {
        self.restriction = Some((access, joined(countries)));
        self
    }

    /// The devices on which it can be seen or cannot: `web`, `mobile`, `tv`.
    pub fn platform<P: AsRef<str>>(
        mut self,
        access: VideoAccess,
        platforms: impl IntoIterator<Item = P>,
    ) -> Self {
        self.platform = Some((access, joined(platforms)));
        self
    }

    /// Who has uploaded it (MDS-07).
    pub fn uploader(mut self, name: impl AsRef<str>) -> Self {
        self.uploader = Some((name.as_ref().to_owned(), None));
        self
    }

    /// Who has uploaded it, and the URL of a page about them.
    pub fn uploader_with_page(mut self, name: impl AsRef<str>, url: impl AsRef<str>) -> Self {
        self.uploader = Some((name.as_ref().to_owned(), Some(url.as_ref().to_owned())));
        self
    }

    /// Writes it, in the order of the specification (MDS-05); false, and nothing is written, when it has no picture.
    pub(super) fn write(&self, out: &mut String, left_out: &mut LeftOut) -> bool {
        let Some(thumbnail) = web_url(&self.thumbnail) else {
            left_out.note(&self.thumbnail);
            return false;
        };
        let mut url = |url: &Option<String>| {
            let text = url.as_deref()?;
            let url = web_url(text).map(|it| it.into_owned());
            if url.is_none() {
                left_out.note(text);
            }
            url
        };
        let seconds = self.duration.map(|it| it.as_secs()).filter(|it| (1..=LONGEST).contains(it));
        let yes_or_no =
            |yes: Option<bool>| yes.map(|yes| if yes { "yes" } else { "no" }.to_owned());
        let date = |date: &Option<DateTime>| date.as_ref().map(ToString::to_string);
        let before_tags = [
            ("video:content_loc", url(&self.content)),
            ("video:player_loc", url(&self.player)),
            ("video:duration", seconds.map(|it| it.to_string())),
            ("video:view_count", self.view_count.map(|it| it.to_string())),
        ];
        let after_tags = [
            ("video:rating", self.rating.and_then(|rating| decimal(rating, 5.0))),
            ("video:expiration_date", date(&self.expires)),
            ("video:publication_date", date(&self.published)),
            ("video:family_friendly", yes_or_no(self.family_friendly)),
            ("video:requires_subscription", yes_or_no(self.requires_subscription)),
            ("video:live", yes_or_no(self.live)),
        ];
        let uploader = self.uploader.as_ref().map(|(name, page)| (name, url(page)));

        out.push_str("<video:video>\n");
        line(out, "video:title", &self.title);
        line(out, "video:thumbnail_loc", &thumbnail);
        line(out, "video:description", &self.description);
        let write_all = |out: &mut String, lines: &[(&str, Option<String>)]| {
            for (name, text) in lines {
                if let Some(text) = text {
                    line(out, name, text);
                }
            }
        };
        write_all(out, &before_tags);
        for tag in self.tags.iter().filter(|tag| !tag.is_empty()).take(MOST_TAGS) {
            line(out, "video:tag", tag);
        }
        write_all(out, &after_tags);
        for (name, list) in
            [("video:restriction", &self.restriction), ("video:platform", &self.platform)]
        {
            if let Some((access, list)) = list {
                line_with(out, name, Some(("relationship", access.as_str())), list);
            }
        }
        if let Some((name, page)) = uploader {
            line_with(out, "video:uploader", page.as_deref().map(|page| ("info", page)), name);
        }
        out.push_str("</video:video>\n");
        true
    }
}

fn joined<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> String {
    let mut joined = String::new();
    for word in words {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word.as_ref());
    }
    joined
}
