//! Files that are made for machines: sitemaps, `robots.txt`, the web app manifest, feeds, `llms.txt`, `security.txt`.
//!
//! Each is a value with small methods and an ordinary [`IntoResponse`](axum::response::IntoResponse): any handler can
//! return it, `app/feed.xml/route.rs` as well as `app/.well-known/security.txt/route.rs`.
//!
//! ```
//! use bff::{Result, request::Url, metadata::{Sitemap, SitemapUrl}};
//! use std::time::SystemTime;
//!
//! // app/sitemap.xml/route.rs
//! async fn sitemap(url: Url) -> Result<Sitemap> {
//!     Ok(Sitemap::new()
//!         .url(url.join("/")?.href())
//!         .url(SitemapUrl::new(url.join("/posts/7")?).last_modified(SystemTime::now()).priority(0.8)))
//! }
//! ```
//!
//! | for | return | content type |
//! |---|---|---|
//! | what search engines should visit | [`Sitemap`], [`SitemapIndex`] | `application/xml; charset=utf-8` |
//! | what they should not | [`Robots`] | `text/plain; charset=utf-8` |
//! | a site that can be installed | [`Manifest`] | `application/manifest+json` |
//! | readers of news | [`Rss`] | `application/rss+xml; charset=utf-8` |
//! | language models | [`LlmsTxt`] | `text/plain; charset=utf-8` |
//! | those who have found a weakness | [`SecurityTxt`] | `text/plain; charset=utf-8` |
//!
//! # What is checked
//!
//! Nothing that a value holds gets out of its place: XML is escaped, a line break ends no line of a text file, a URL is
//! percent-encoded where it must be. Dates, numbers and words that a format knows are types. What is left, such as an
//! address that is none, is said where it is passed in: the sitemap does without that entry and the log names it, a
//! `robots.txt` or `security.txt` that would say something else than it should is answered 500.

mod date_time;
mod llms_txt;
pub mod manifest;
mod markup;
mod robots;
mod security_txt;
mod sitemap;
mod text_line;
mod web_url;

pub use self::{
    date_time::{DateTime, InvalidDateTime},
    llms_txt::{LlmsLink, LlmsSection, LlmsTxt},
    manifest::Manifest,
    robots::{InvalidRobots, Robots, RobotsRule},
    security_txt::{InvalidSecurityTxt, SecurityContact, SecurityTxt},
    sitemap::{ChangeFrequency, Sitemap, SitemapIndex, SitemapUrl, SitemapVideo, VideoAccess},
};

#[doc(no_inline)]
pub use crate::response::{Rss, RssItem};
