use std::ops::Range;

use crate::{
    Location,
    path_pattern::{Captured, Condition, Destination, HeaderTemplate, PathPattern},
};

/// What `bff.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The prefix of every URL of the app, `/docs`; empty for none (BP-01).
    pub base_path: String,
    /// What becomes of a slash at the end of a path (BP-10 to BP-15).
    pub trailing_slash: TrailingSlash,
    /// All that apply, in order (HD-02).
    pub headers: Vec<HeaderRule>,
    /// The first that applies (RD-08).
    pub redirects: Vec<RedirectRule>,
    /// Before files and routes (PL-05).
    pub before: Vec<RewriteRule>,
    /// After files and exact routes (PL-06).
    pub after: Vec<RewriteRule>,
    /// When nothing else serves the path (PL-06).
    pub fallback: Vec<RewriteRule>,
}

/// What becomes of a slash at the end of a path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrailingSlash {
    /// Both forms are served.
    #[default]
    Ignore,
    /// To the form without it.
    Redirect,
    /// To the form with it.
    Require,
}

/// When something applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which paths are meant.
    pub source: PathPattern,
    /// What must hold.
    pub has: Vec<Condition>,
    /// What must not hold.
    pub missing: Vec<Condition>,
    /// False for `base_path = false`: the source is the whole path.
    pub below_base_path: bool,
    /// What source and conditions capture.
    pub captured: Vec<Captured>,
    /// The bytes of the file that hold the source.
    pub(super) at: Range<usize>,
}

/// One `[[redirects]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectRule {
    /// When it applies.
    pub rule: Rule,
    /// Where it leads.
    pub destination: Destination,
    /// 301, 302, 303, 307 or 308.
    pub status: u16,
    /// The bytes of the file that hold the destination.
    pub(super) at: Range<usize>,
    /// The same for people.
    pub place: Location,
}

/// One of `[[rewrites.before]]`, `[[rewrites.after]]` or `[[rewrites.fallback]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewriteRule {
    /// When it applies.
    pub rule: Rule,
    /// Which path is served instead.
    pub destination: Destination,
    /// The bytes of the file that hold the destination.
    pub(super) at: Range<usize>,
    /// The same for people.
    pub place: Location,
}

/// One `[[headers]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderRule {
    /// When it applies.
    pub rule: Rule,
    /// Name and value of each header that it adds.
    pub headers: Vec<(HeaderTemplate, HeaderTemplate)>,
    /// True when it wins over the handler's own header (PL-12).
    pub overrides: bool,
    /// Where its source stands.
    pub place: Location,
}
