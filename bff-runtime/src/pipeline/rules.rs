use crate::matching::{Destination, HeaderTemplate, Rule};
#[cfg(feature = "upstream")]
use crate::upstream::Upstream;
#[cfg(not(feature = "upstream"))]
use crate::upstream_disabled::Upstream;

/// What `bff.toml` says, as the build has checked and compiled it.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The prefix of every URL of the app, `/docs`; empty for none (BP-01).
    pub base_path: &'static str,
    /// What becomes of a slash at the end of a path (BP-10…BP-15).
    pub trailing_slash: TrailingSlash,
    /// All that apply, in order (HD-02).
    pub headers: &'static [HeaderRule],
    /// The first that applies (RD-08).
    pub redirects: &'static [RedirectRule],
    /// Walked once, before files and routes (PL-05).
    pub before: &'static [RewriteRule],
    /// Walked once, after files and exact routes (PL-06).
    pub after: &'static [RewriteRule],
    /// Walked once, when nothing else serves the path (PL-06).
    pub fallback: &'static [RewriteRule],
}

/// What becomes of a slash at the end of a path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrailingSlash {
    /// Both forms are served.
    #[default]
    Ignore,
    /// 308 to the form without it.
    Redirect,
    /// 308 to the form with it, but for files and `.well-known` (BP-11).
    Require,
}

/// One `[[headers]]`.
#[derive(Clone, Copy, Debug)]
pub struct HeaderRule {
    /// Where it stands, `bff.toml:12:10`.
    pub place: &'static str,
    /// When it applies.
    pub rule: Rule,
    /// False for `base_path = false`: the source is the whole path.
    pub below_base_path: bool,
    /// What it adds.
    pub headers: &'static [HeaderTemplate],
    /// True when it wins over the handler's own header (PL-12).
    pub overrides: bool,
}

/// One `[[redirects]]`.
#[derive(Clone, Copy, Debug)]
pub struct RedirectRule {
    /// Where it stands, `bff.toml:12:10`.
    pub place: &'static str,
    /// When it applies.
    pub rule: Rule,
    /// False for `base_path = false`: source and destination are whole paths (RD-11).
    pub below_base_path: bool,
    /// Where it leads.
    pub destination: Destination,
    /// 301, 302, 303, 307 or 308.
    pub status: u16,
}

/// One of `[[rewrites.before]]`, `[[rewrites.after]]` or `[[rewrites.fallback]]`.
#[derive(Clone, Copy, Debug)]
pub struct RewriteRule {
    /// Where it stands, `bff.toml:12:10`.
    pub place: &'static str,
    /// When it applies.
    pub rule: Rule,
    /// False for `base_path = false`: the source is the whole path, and the destination a URL (RW-07).
    pub below_base_path: bool,
    /// The upstream that the destination names, for its timeouts.
    pub upstream: Option<&'static Upstream>,
    /// Which path, or which URL of another server, is served instead.
    pub destination: Destination,
}
