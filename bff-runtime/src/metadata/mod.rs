#![doc = include_str!("../../docs/metadata.md")]

mod date_time;
mod file;
mod finish;
mod head;
mod ids;
mod index;
mod llms_txt;
pub mod manifest;
mod markup;
mod robots;
mod security_txt;
mod sitemap;
mod tags;
mod text_line;
mod web_url;

pub use self::{
    date_time::{DateTime, InvalidDateTime},
    llms_txt::{LlmsLink, LlmsSection, LlmsTxt},
    manifest::Manifest,
    robots::{InvalidRobots, Robots, RobotsRule},
    security_txt::{InvalidSecurityTxt, SecurityContact, SecurityTxt},
    sitemap::{ChangeFrequency, Sitemap, SitemapIndex, SitemapUrl, SitemapVideo, VideoAccess},
    tags::{HeadKind, HeadTag, HeadTags},
};

#[doc(no_inline)]
pub use crate::response::{Rss, RssItem};

#[doc(hidden)]
pub use self::{
    file::MetadataFile,
    finish::finish,
    head::{HeadFile, HeadTable},
    ids::{Ids, IdsFuture, List, as_params, id, ids, listed},
    index::index,
    sitemap::{split_sitemap, url},
};

pub(crate) use self::sitemap::asked_part;

/// Answers `/robots.txt`; the function of `app/robots.rs`. See the [module](self).
pub use bff_macros::robots;

/// Answers `/manifest.webmanifest`; the function of `app/manifest.rs`. See the [module](self).
pub use bff_macros::manifest;

/// Answers `sitemap.xml` of its folder; the function of `sitemap.rs`. With [`sitemaps`](macro@sitemaps) beside it, it
/// answers `sitemap/{id}.xml` and takes the `id`. See the [module](self).
pub use bff_macros::sitemap;

/// Lists the ids of several sitemaps; [`sitemap`](macro@sitemap) makes each. It has what iterates over anything that
/// displays, and `sitemap.xml` of its folder is the index of them. See the [module](self).
pub use bff_macros::sitemaps;

/// Makes an icon; the function of `icon.rs`, `icon0.rs` to `icon9.rs`.
/// Keys: `size = "32x32"`, `content_type = "image/png"`, and those of a [handler](macro@crate::get). See the
/// [module](self).
pub use bff_macros::icon;

/// Lists the ids of several icons; [`icon`](macro@icon) makes each, and takes the `id`. See the [module](self).
pub use bff_macros::icons;

/// Makes an icon for the home screens of Apple's devices; the function of `apple-icon.rs` or `apple_icon.rs`.
/// Keys: those of [`icon`](macro@icon). See the [module](self).
pub use bff_macros::apple_icon;

/// Lists the ids of several; [`apple_icon`](macro@apple_icon) makes each, and takes the `id`. See the [module](self).
pub use bff_macros::apple_icons;

/// Makes the image that other sites show of a page; the function of `opengraph-image.rs` or `opengraph_image.rs`.
/// Keys: those of [`icon`](macro@icon) and `alt = "…"`. See the [module](self).
pub use bff_macros::opengraph_image;

/// Lists the ids of several; [`opengraph_image`](macro@opengraph_image) makes each, and takes the `id`. See the
/// [module](self).
pub use bff_macros::opengraph_images;

/// Makes the image that X shows of a page; the function of `twitter-image.rs` or `twitter_image.rs`.
/// Keys: those of [`opengraph_image`](macro@opengraph_image). See the [module](self).
pub use bff_macros::twitter_image;

/// Lists the ids of several; [`twitter_image`](macro@twitter_image) makes each, and takes the `id`. See the
/// [module](self).
pub use bff_macros::twitter_images;
