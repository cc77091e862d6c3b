/// What a metadata file is about (MD-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MetadataKind {
    /// `favicon.ico`.
    Favicon,
    /// `icon.png`, `icon1.svg`, `icon.rs`.
    Icon,
    /// `apple-icon.png`, `apple-icon.rs`.
    AppleIcon,
    /// `opengraph-image.png`, `opengraph-image.rs`.
    OpengraphImage,
    /// `twitter-image.png`, `twitter-image.rs`.
    TwitterImage,
    /// `sitemap.xml`, `sitemap.rs`.
    Sitemap,
    /// `robots.txt`, `robots.rs`.
    Robots,
    /// `manifest.json`, `manifest.webmanifest`, `manifest.rs`.
    Manifest,
}

const MIB: u64 = 1024 * 1024;

impl MetadataKind {
    pub(crate) const ALL: [Self; 8] = [
        Self::Favicon,
        Self::Icon,
        Self::AppleIcon,
        Self::OpengraphImage,
        Self::TwitterImage,
        Self::Sitemap,
        Self::Robots,
        Self::Manifest,
    ];

    /// What the names of its files begin with.
    pub const fn base(self) -> &'static str {
        match self {
            Self::Favicon => "favicon",
            Self::Icon => "icon",
            Self::AppleIcon => "apple-icon",
            Self::OpengraphImage => "opengraph-image",
            Self::TwitterImage => "twitter-image",
            Self::Sitemap => "sitemap",
            Self::Robots => "robots",
            Self::Manifest => "manifest",
        }
    }

    /// The extensions of files that are served as they are.
    pub(crate) const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Favicon => &["ico"],
            Self::Icon => &["ico", "jpg", "jpeg", "png", "svg"],
            Self::AppleIcon => &["jpg", "jpeg", "png"],
            Self::OpengraphImage | Self::TwitterImage => &["jpg", "jpeg", "png", "gif"],
            Self::Sitemap => &["xml"],
            Self::Robots => &["txt"],
            Self::Manifest => &["json", "webmanifest"],
        }
    }

    /// What a function's URL ends with after the base (MD-03).
    pub(crate) const fn extension_of_code(self) -> &'static str {
        match self {
            Self::Sitemap => ".xml",
            Self::Robots => ".txt",
            Self::Manifest => ".webmanifest",
            _ => "",
        }
    }

    /// False for what is always a file (MDI-01).
    pub(crate) const fn has_code(self) -> bool {
        !matches!(self, Self::Favicon)
    }

    /// True for what counts directly in the app folder alone.
    pub(crate) const fn is_of_root(self) -> bool {
        matches!(self, Self::Favicon | Self::Robots | Self::Manifest)
    }

    /// True for images, of which a folder may have several.
    pub const fn is_image(self) -> bool {
        matches!(self, Self::Icon | Self::AppleIcon) || self.is_social()
    }

    /// True for images that other sites show, and that have a text for those who cannot see them.
    pub const fn is_social(self) -> bool {
        matches!(self, Self::OpengraphImage | Self::TwitterImage)
    }

    /// The attribute of the function; `None` for what is always a file.
    pub const fn attribute(self) -> Option<&'static str> {
        Some(match self {
            Self::Favicon => return None,
            Self::Icon => "icon",
            Self::AppleIcon => "apple_icon",
            Self::OpengraphImage => "opengraph_image",
            Self::TwitterImage => "twitter_image",
            Self::Sitemap => "sitemap",
            Self::Robots => "robots",
            Self::Manifest => "manifest",
        })
    }

    /// The attribute of the function that lists ids, where there may be several.
    pub const fn plural(self) -> Option<&'static str> {
        Some(match self {
            Self::Icon => "icons",
            Self::AppleIcon => "apple_icons",
            Self::OpengraphImage => "opengraph_images",
            Self::TwitterImage => "twitter_images",
            Self::Sitemap => "sitemaps",
            Self::Favicon | Self::Robots | Self::Manifest => return None,
        })
    }

    /// How large a file may be, in bytes (MDO-01).
    pub(crate) const fn limit(self) -> Option<u64> {
        match self {
            Self::OpengraphImage => Some(8 * MIB),
            Self::TwitterImage => Some(5 * MIB),
            _ => None,
        }
    }

    /// The type of what a function of this kind makes, where it does not say itself (MD-14, MDI-04).
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Sitemap => "application/xml; charset=utf-8",
            Self::Robots => "text/plain; charset=utf-8",
            Self::Manifest => "application/manifest+json",
            Self::Favicon => "image/x-icon",
            _ => "image/png",
        }
    }
}

/// The type of a file that is served as it is, by its extension (MD-14).
pub(crate) fn content_type(kind: MetadataKind, extension: &str) -> &'static str {
    match extension {
        "ico" => "image/x-icon",
        "jpg" | "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        "gif" => "image/gif",
        "png" => "image/png",
        _ => kind.content_type(),
    }
}
