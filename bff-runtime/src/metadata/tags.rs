use std::{borrow::Cow, fmt, slice};

use crate::response::html_escape;

/// The `<link>` and `<meta>` tags that stand for the metadata files of a page (MD-17): what the generated
/// `app::head_tags` gives.
///
/// ```
/// use bff::{Request, RequestExt, response::html};
/// # mod app { pub fn head_tags(_: &str) -> bff::metadata::HeadTags { bff::metadata::HeadTags::default() } }
///
/// async fn page(request: Request) -> impl bff::IntoResponse {
///     let url = request.url();
///     let head = app::head_tags(request.uri().path()).with_base(url.origin());
///     html(format!("<!doctype html><head>{head}</head><p>Hello"))
/// }
/// ```
///
/// It displays as HTML, one tag a line, escaped. Its items tell the same to those who write their own tags.
///
/// | of | tag |
/// |---|---|
/// | `favicon.ico`, then `icon*` by file name | `<link rel="icon" href="/icon.png?3f…" type="image/png" sizes="32x32">` |
/// | `apple-icon*` | `<link rel="apple-touch-icon" …>` |
/// | `manifest*` | `<link rel="manifest" href="/manifest.webmanifest">` |
/// | `opengraph-image*` | `<meta property="og:image" content="…">`, and its type, width, height and alt |
/// | `twitter-image*` | `<meta name="twitter:image" content="…">`, and the same |
///
/// Of each kind the files of the nearest folder count; the favicon always does. The URL of a file has a query that
/// changes with its content, so that browsers see a new icon at once; that of a function has none. A file below a
/// `[param]` is the same for each value, and is named with `-` in its place. Images that a plural attribute lists are
/// not among the tags: which there are is known when the function runs, and `app::…::path(id)` has their URLs.
#[derive(Clone, Debug, Default)]
pub struct HeadTags {
    tags: Vec<HeadTag>,
    base: Option<String>,
}

/// What a tag is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum HeadKind {
    /// `favicon.ico`.
    Favicon,
    /// An icon.
    Icon,
    /// An icon for the home screens of Apple's devices.
    AppleIcon,
    /// The manifest of a web app.
    Manifest,
    /// The image that other sites show.
    OpengraphImage,
    /// The image that X shows.
    TwitterImage,
}

/// One metadata file of a page.
#[derive(Clone, Debug)]
pub struct HeadTag {
    pub(super) kind: HeadKind,
    pub(super) url: String,
    pub(super) content_type: &'static str,
    pub(super) size: Option<(u32, u32)>,
    pub(super) alt: Option<&'static str>,
}

impl HeadTag {
    /// What it is about.
    pub fn kind(&self) -> HeadKind {
        self.kind
    }

    /// Its path in the app with the base path in front, and a query where it is a file.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its media type.
    pub fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// Width and height in pixels, where they are known; an SVG has none.
    pub fn size(&self) -> Option<(u32, u32)> {
        self.size
    }

    /// The text for those who cannot see it.
    pub fn alt(&self) -> Option<&'static str> {
        self.alt
    }
}

impl HeadTags {
    pub(super) fn new(tags: Vec<HeadTag>) -> Self {
        Self { tags, base: None }
    }

    /// Makes the URLs of social images absolute, which other sites need: `https://example.com`, or the
    /// [origin](crate::request::Url::origin) of a request. Links stay relative.
    #[must_use]
    pub fn with_base(mut self, base: impl fmt::Display) -> Self {
        self.base = Some(base.to_string().trim_end_matches('/').to_owned());
        self
    }

    /// The files, in the order of their tags.
    pub fn iter(&self) -> slice::Iter<'_, HeadTag> {
        self.tags.iter()
    }

    /// True where no file has a tag.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    fn social(&self, f: &mut fmt::Formatter<'_>, tag: &HeadTag, name: &str) -> fmt::Result {
        let base = self.base.as_deref().unwrap_or_default();
        let mut line = |part: &str, content: &str| {
            writeln!(f, "<meta {name}{part}\" content=\"{}\">", html_escape(content))
        };
        line("", &format!("{base}{}", tag.url))?;
        line(":type", tag.content_type)?;
        if let Some((width, height)) = tag.size {
            line(":width", &width.to_string())?;
            line(":height", &height.to_string())?;
        }
        tag.alt.map_or(Ok(()), |alt| line(":alt", alt))
    }
}

impl<'a> IntoIterator for &'a HeadTags {
    type Item = &'a HeadTag;
    type IntoIter = slice::Iter<'a, HeadTag>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The tags as HTML, one a line.
impl fmt::Display for HeadTags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for tag in &self.tags {
            match tag.kind {
                HeadKind::Favicon | HeadKind::Icon => icon(f, tag, "icon")?,
                HeadKind::AppleIcon => icon(f, tag, "apple-touch-icon")?,
                HeadKind::Manifest => {
                    writeln!(f, "<link rel=\"manifest\" href=\"{}\">", html_escape(&tag.url))?;
                }
                HeadKind::OpengraphImage => self.social(f, tag, "property=\"og:image")?,
                HeadKind::TwitterImage => self.social(f, tag, "name=\"twitter:image")?,
            }
        }
        Ok(())
    }
}

fn icon(f: &mut fmt::Formatter<'_>, tag: &HeadTag, rel: &str) -> fmt::Result {
    let href = html_escape(&tag.url);
    write!(f, "<link rel=\"{rel}\" href=\"{href}\" type=\"{}\"", html_escape(tag.content_type))?;
    let sizes: Option<Cow<'_, str>> = match tag.size {
        Some((width, height)) => Some(format!("{width}x{height}").into()),
        // It is sharp in every size, which a browser prefers; of a function nothing is known.
        None if tag.content_type == "image/svg+xml" => Some("any".into()),
        None => None,
    };
    match sizes {
        Some(sizes) => writeln!(f, " sizes=\"{sizes}\">"),
        None => writeln!(f, ">"),
    }
}
