use axum::response::{IntoResponse, Response};

use super::{
    InvalidRobots, RobotsRule,
    rule::{line, word},
};
use crate::{Error, metadata::web_url::web_url, response::text};

/// What crawlers may fetch, `text/plain; charset=utf-8` (MDR-01, RFC 9309).
///
/// ```
/// use bff::metadata::{Robots, RobotsRule};
///
/// // app/robots.rs has #[bff::metadata::robots] above it, app/robots.txt/route.rs #[get].
/// fn robots() -> Robots {
///     Robots::new()
///         .rule(RobotsRule::everybody().allow("/").disallow("/private/"))
///         .sitemap("https://example.com/sitemap.xml")
/// }
///
/// assert_eq!(
///     robots().document()?,
///     "User-Agent: *\nAllow: /\nDisallow: /private/\n\nSitemap: https://example.com/sitemap.xml\n"
/// );
/// # Ok::<(), bff::metadata::InvalidRobots>(())
/// ```
///
/// It asks; it protects nothing. What must not be seen needs a login.
///
/// # Errors
/// 500, and the log says why, for what would say something else than it should (MDR-05): an agent, a host or another
/// value with a line break in it, a path that begins with neither `/` nor `*`. A sitemap whose address is no whole URL
/// is left out with a warning, since crawlers would not read it.
#[derive(Clone, Debug, Default)]
#[must_use = "it is the response of a handler"]
pub struct Robots {
    rules: Vec<RobotsRule>,
    host: Option<String>,
    sitemaps: Vec<String>,
}

impl Robots {
    /// A file that says nothing, so everything may be fetched.
    pub fn new() -> Self {
        Self::default()
    }

    /// A file that asks every crawler to fetch nothing, for a site that is not public yet.
    pub fn disallow_everything() -> Self {
        Self::new().rule(RobotsRule::everybody().disallow("/"))
    }

    /// Adds a rule.
    pub fn rule(mut self, rule: RobotsRule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Adds rules.
    pub fn rules(mut self, rules: impl IntoIterator<Item = RobotsRule>) -> Self {
        self.rules.extend(rules);
        self
    }

    /// The host that is meant when the site has several. Few crawlers read it.
    pub fn host(mut self, host: impl AsRef<str>) -> Self {
        self.host = Some(host.as_ref().to_owned());
        self
    }

    /// Adds a sitemap, by its whole URL.
    pub fn sitemap(mut self, url: impl AsRef<str>) -> Self {
        self.sitemaps.push(url.as_ref().to_owned());
        self
    }

    /// Adds sitemaps.
    pub fn sitemaps<U: AsRef<str>>(self, urls: impl IntoIterator<Item = U>) -> Self {
        urls.into_iter().fold(self, Self::sitemap)
    }

    /// The file as text (MDR-02).
    ///
    /// # Errors
    /// What cannot be said; see [`Robots`].
    pub fn document(&self) -> Result<String, InvalidRobots> {
        let mut out = String::new();
        for rule in &self.rules {
            rule.write(&mut out)?;
        }
        if let Some(host) = &self.host {
            line(&mut out, "Host", word("host", host)?);
        }
        for sitemap in &self.sitemaps {
            match web_url(sitemap) {
                Some(url) => line(&mut out, "Sitemap", &url.replace('#', "%23")),
                None => tracing::warn!(
                    sitemap,
                    "robots.txt does without a sitemap that is no whole URL"
                ),
            }
        }
        Ok(out)
    }
}

impl IntoResponse for Robots {
    fn into_response(self) -> Response {
        match self.document() {
            Ok(document) => text(document),
            Err(error) => Error::from(error).into_response(),
        }
    }
}
