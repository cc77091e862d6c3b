//! Sitemaps (sitemaps.org, version 0.9) with Google's extensions for images, videos and languages.

mod entry;
mod index;
mod left_out;
mod number;
#[expect(clippy::module_inception, reason = "a file has the name of its type")]
mod sitemap;
mod split;
mod video;

#[cfg(test)]
mod tests;

pub use self::{
    entry::{ChangeFrequency, SitemapUrl},
    index::SitemapIndex,
    sitemap::Sitemap,
    split::{split_sitemap, url},
    video::{SitemapVideo, VideoAccess},
};

pub(crate) use self::split::asked_part;
