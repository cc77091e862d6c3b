use super::{ALT, MetadataKind, kind::content_type};
use crate::Code;

/// Extensions of files that somebody may mean to be an image.
const IMAGES: [&str; 14] = [
    "apng", "avif", "bmp", "gif", "heic", "heif", "ico", "jpeg", "jpg", "jxl", "png", "svg",
    "tiff", "webp",
];

/// Other languages in which such a file may have been written.
const FOREIGN: [&str; 8] = ["ts", "js", "tsx", "jsx", "mjs", "cjs", "mts", "py"];

/// What a file name in the app folder says about metadata.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FileName {
    /// A metadata file.
    Metadata(MetadataName),
    /// The text of an image, `opengraph-image.alt.txt`; the image is named so far: `opengraph-image`.
    Alt(String),
    /// Meant to be one, and is none.
    Near(NearName),
    /// Something else.
    Other,
}

/// What is wrong with a name, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NearName {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// The name of a metadata file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataName {
    /// What it is about.
    pub kind: MetadataKind,
    /// `icon`, `icon1`: as in the URL.
    pub stem: String,
    /// The extension of a file that is served as it is; `None` for code.
    pub extension: Option<&'static str>,
}

impl MetadataName {
    /// Reads the name of a file, `icon1.png`, `opengraph_image.rs`; `None` for that of any other file.
    pub fn of(file_name: &str) -> Option<Self> {
        match FileName::of(file_name) {
            FileName::Metadata(name) => Some(name),
            _ => None,
        }
    }

    /// The last segment of its URL: `icon1.png`, `opengraph-image`, `sitemap.xml` (MD-03).
    pub fn url_name(&self) -> String {
        match self.extension {
            Some(extension) => format!("{}.{extension}", self.stem),
            None => format!("{}{}", self.stem, self.kind.extension_of_code()),
        }
    }

    /// The type of a file that is served as it is.
    pub(crate) fn content_type(&self) -> &'static str {
        content_type(self.kind, self.extension.unwrap_or_default())
    }
}

impl FileName {
    pub(crate) fn of(name: &str) -> Self {
        if let Some(stem) = name.strip_suffix(ALT) {
            return Self::of_alt(name, stem);
        }
        let Some((stem, extension)) = name.rsplit_once('.') else { return Self::Other };
        let Some((kind, digits)) = kind_of(stem) else { return Self::Other };
        let lower = extension.to_ascii_lowercase();
        let known = kind.extensions().iter().find(|known| **known == lower);
        let is_code = lower == "rs";
        if FOREIGN.contains(&extension) {
            return Self::foreign(name, kind);
        }
        if !is_code && known.is_none() {
            return Self::of_other_type(name, kind, &lower);
        }
        if is_code && !kind.has_code() {
            return Self::near(
                format!("`{name}` is not acted on: a favicon is a file, never code"),
                "put `favicon.ico` into the app folder, or call the file of the function `icon.rs`",
            );
        }
        if !digits.is_empty() && (!kind.is_image() || digits.len() > 1) {
            return Self::numbered(name, kind, &lower);
        }
        let right = format!("{}{digits}", kind.base());
        let spelled = if is_code { stem.replace('_', "-") } else { stem.to_owned() };
        if spelled != right || extension != lower {
            let help = format!("rename it to `{right}.{lower}`");
            return Self::near(format!("`{name}` is not served: it is misspelt"), help);
        }
        Self::Metadata(MetadataName { kind, stem: right, extension: known.copied() })
    }

    fn of_alt(name: &str, stem: &str) -> Self {
        let Some((kind, digits)) = kind_of(stem) else { return Self::Other };
        let right = format!("{}{digits}", kind.base());
        if !kind.is_social() {
            return Self::near(
                format!("`{name}` has no effect: only social images have a text"),
                "remove it; a text stands beside an `opengraph-image` or a `twitter-image`",
            );
        }
        if stem != right {
            let help = format!("rename it to `{right}{ALT}`");
            return Self::near(format!("`{name}` has no effect: it is misspelt"), help);
        }
        Self::Alt(right)
    }

    /// `icon10.png`, `sitemap1.xml` (MD-02, MDI-03).
    fn numbered(name: &str, kind: MetadataKind, extension: &str) -> Self {
        let base = kind.base();
        if kind.is_image() {
            let plural = kind.plural().unwrap_or_default();
            return Self::near(
                format!("`{name}` is not served: one digit at most follows `{base}`"),
                format!(
                    "name it `{base}0.{extension}` to `{base}9.{extension}`; a function serves any number of them, listed by `#[{plural}]`"
                ),
            );
        }
        let help = match kind {
            MetadataKind::Sitemap => {
                "name it `sitemap.xml`; for several write `sitemap.rs` with a function that lists them, `#[sitemaps]`".to_owned()
            }
            _ => format!("name it `{base}.{extension}`"),
        };
        Self::near(
            format!("`{name}` is not served: a folder has one {base}, without a number"),
            help,
        )
    }

    /// `icon.webp`, `sitemap.txt`: nearly certainly meant to be one. `manifest.toml` and its like are not.
    fn of_other_type(name: &str, kind: MetadataKind, extension: &str) -> Self {
        let is_meant = match kind {
            MetadataKind::Sitemap => extension == "txt",
            MetadataKind::Robots | MetadataKind::Manifest => false,
            _ => IMAGES.contains(&extension),
        };
        if !is_meant {
            return Self::Other;
        }
        let base = kind.base();
        let types: Vec<String> =
            kind.extensions().iter().map(|extension| format!("`{base}.{extension}`")).collect();
        let also = match kind {
            MetadataKind::Favicon => "; an icon in another format is `icon.png` or `icon.svg`",
            _ => "",
        };
        Self::near(
            format!("`{name}` is not served: no {base} has this format"),
            format!("convert it to {}{also}", types.join(", ")),
        )
    }

    fn foreign(name: &str, kind: MetadataKind) -> Self {
        // `icon.tsx` may be anything that is drawn.
        if !kind.has_code() || kind == MetadataKind::Icon {
            return Self::Other;
        }
        let help = format!("write the function in `{}.rs` and remove this file", kind.base());
        Self::Near(NearName {
            code: Code::ForeignRouteFile,
            message: format!("`{name}` is a metadata file of another language"),
            help,
        })
    }

    fn near(message: String, help: impl Into<String>) -> Self {
        Self::Near(NearName { code: Code::MetadataName, message, help: help.into() })
    }
}

/// The kind that a stem is nearly named after, and the digits behind it.
fn kind_of(stem: &str) -> Option<(MetadataKind, &str)> {
    let base = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let spelled = base.to_lowercase().replace('_', "-");
    let kind = MetadataKind::ALL.into_iter().find(|kind| kind.base() == spelled)?;
    Some((kind, &stem[base.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn md_01_md_03_md_14_names_and_what_they_are_served_as() {
        for (name, url, content_type) in [
            ("favicon.ico", "favicon.ico", "image/x-icon"),
            ("icon.svg", "icon.svg", "image/svg+xml"),
            ("icon0.jpeg", "icon0.jpeg", "image/jpeg"),
            ("icon9.ico", "icon9.ico", "image/x-icon"),
            ("icon.rs", "icon", "image/png"),
            ("apple-icon1.png", "apple-icon1.png", "image/png"),
            ("apple_icon1.rs", "apple-icon1", "image/png"),
            ("opengraph-image.gif", "opengraph-image.gif", "image/gif"),
            ("opengraph_image.rs", "opengraph-image", "image/png"),
            ("opengraph-image.rs", "opengraph-image", "image/png"),
            ("twitter-image3.jpg", "twitter-image3.jpg", "image/jpeg"),
            ("sitemap.xml", "sitemap.xml", "application/xml; charset=utf-8"),
            ("sitemap.rs", "sitemap.xml", "application/xml; charset=utf-8"),
            ("robots.txt", "robots.txt", "text/plain; charset=utf-8"),
            ("robots.rs", "robots.txt", "text/plain; charset=utf-8"),
            ("manifest.json", "manifest.json", "application/manifest+json"),
            ("manifest.webmanifest", "manifest.webmanifest", "application/manifest+json"),
            ("manifest.rs", "manifest.webmanifest", "application/manifest+json"),
        ] {
            let found = MetadataName::of(name).expect(name);
            assert_eq!((&*found.url_name(), found.content_type()), (url, content_type), "{name}");
        }
    }

    #[test]
    fn md_02_what_is_meant_and_not_served_is_told_with_a_remedy() {
        for (name, fact) in [
            ("icon10.png", "`icon0.png` to `icon9.png`"),
            ("opengraph-image12.rs", "`#[opengraph_images]`"),
            ("icon.webp", "`icon.svg`"),
            ("opengraph-image.webp", "`opengraph-image.gif`"),
            ("apple-icon.svg", "`apple-icon.png`"),
            ("icon.PNG", "`icon.png`"),
            ("Robots.txt", "`robots.txt`"),
            ("opengraph_image.png", "`opengraph-image.png`"),
            ("sitemap1.xml", "`#[sitemaps]`"),
            ("sitemap2.rs", "`#[sitemaps]`"),
            ("sitemap.txt", "`sitemap.xml`"),
            ("robots1.txt", "`robots.txt`"),
            ("favicon.png", "`icon.png`"),
            ("favicon.rs", "`icon.rs`"),
            ("sitemap.ts", "`sitemap.rs`"),
            ("icon.alt.txt", "`opengraph-image`"),
            ("opengraph_image.alt.txt", "`opengraph-image.alt.txt`"),
        ] {
            let FileName::Near(near) = FileName::of(name) else { panic!("{name}") };
            assert!(near.help.contains(fact), "{name}: {}", near.help);
            assert!(near.message.contains(&format!("`{name}`")), "{name}: {}", near.message);
        }
    }

    #[test]
    fn other_files_are_left_alone() {
        for name in [
            "icons.rs",
            "my-icon.png",
            "iconic.svg",
            "sitemaps.rs",
            "manifest.toml",
            "robots.md",
            "icon",
            "icon.css",
            "favicon.ts",
            "icon.tsx",
            "x.alt.txt",
            "opengraph.png",
            "",
        ] {
            assert_eq!(FileName::of(name), FileName::Other, "{name}");
        }
    }
}
