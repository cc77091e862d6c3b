use std::{ops::Range, time::Duration};

use crate::{
    Cors, Csrf, Location, RateLimit, Revalidate, Tag, Vary,
    path_pattern::{Captured, Condition, Destination, HeaderTemplate, PathPattern, Variable},
};

/// What `bff.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The prefix of every URL of the app, `/docs`; empty for none (BP-01).
    pub base_path: String,
    /// What becomes of a slash at the end of a path (BP-10 to BP-15).
    pub trailing_slash: TrailingSlash,
    /// What holds for every route, unless a rule or a handler says otherwise.
    pub limits: Policy,
    /// The proxies in front of the app.
    pub trusted_proxies: Vec<Networks>,
    /// Security headers that are not the default: their keys, and values where there is one.
    pub security_headers: Vec<(&'static str, Option<String>)>,
    /// The services behind the app, in the order of the file.
    pub upstreams: Vec<Upstream>,
    /// Policies by path, from the least to the most specific source.
    pub rules: Vec<PolicyRule>,
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
    /// The upstream that it was written as, `${upstreams.name}`; `destination` has what that one declares.
    pub upstream: Option<String>,
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

/// A value with the place of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// What is set.
    pub value: T,
    /// Where.
    pub place: Location,
}

/// What is asked of the requests of some routes, and added to their responses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// How long a handler may take until it responds; `Some(None)` is for ever.
    pub timeout: Option<Setting<Option<Duration>>>,
    /// How many bytes a body may have; `Some(None)` is any number.
    pub body_limit: Option<Setting<Option<u64>>>,
    /// How many requests may be with the handlers at a time; `Some(None)` is any number.
    pub concurrency: Option<Setting<Option<u32>>>,
    /// How often something may be asked for, by each of these; none for any number of times.
    pub rate_limit: Option<Setting<Vec<RateLimit>>>,
    /// Whose pages may read a response; `Some(None)` is none of another origin.
    pub cors: Option<Setting<Option<Cors>>>,
    /// Whether requests that pages of other sites cause are refused.
    pub csrf: Option<Setting<Csrf>>,
    /// The functions that a request has to satisfy, as paths, beside those of a wider policy; none takes theirs away.
    pub require: Option<Setting<Vec<String>>>,
    /// How long an answer to GET is kept.
    pub revalidate: Option<Setting<Revalidate>>,
    /// The names under which kept answers are given up, beside those that a wider policy has.
    pub tags: Vec<Setting<Tag>>,
    /// What kept answers depend on beside the URL, and beside what a wider policy has.
    pub vary: Vec<Setting<Vary>>,
    /// What a response gets that has no such header: names in lower case, and values.
    pub headers: Vec<Setting<(String, String)>>,
}

impl Policy {
    /// True when it sets nothing.
    pub fn is_empty(&self) -> bool {
        let Self { timeout, body_limit, concurrency, rate_limit, cors, csrf, .. } = self;
        let Self { require, revalidate, tags, vary, headers, .. } = self;
        let has_limits = timeout.is_some() || body_limit.is_some() || concurrency.is_some();
        let has_guards =
            rate_limit.is_some() || cors.is_some() || csrf.is_some() || require.is_some();
        let is_stored = revalidate.is_some() || !tags.is_empty() || !vary.is_empty();
        !(has_limits || has_guards || is_stored) && headers.is_empty()
    }
}

/// One `[[rules]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRule {
    /// Which paths are meant.
    pub source: PathPattern,
    /// Where the source stands.
    pub place: Location,
    /// What holds there.
    pub policy: Policy,
    /// The bytes of the file that hold the source.
    pub(super) at: Range<usize>,
}

/// One of `trusted_proxies`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Networks {
    /// An address or a block of them.
    Fixed(String),
    /// A list of them with commas, read when the server starts.
    Variable(Variable),
}

/// One of `[upstreams]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upstream {
    /// Lower-case letters, digits and `_`.
    pub name: String,
    /// Where it is; `None` only beside a mistake.
    pub url: Option<UpstreamUrl>,
    /// Until a connection is there.
    pub connect_timeout: Option<Duration>,
    /// Until the head of the response is there.
    pub timeout: Option<Duration>,
    /// Between two pieces of the response.
    pub idle_timeout: Option<Duration>,
    /// It is known to speak HTTP/2.
    pub http2: bool,
    /// The line of its name.
    pub line: usize,
}

/// Where an upstream is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpstreamUrl {
    /// A URL without a slash at its end.
    Fixed(String),
    /// A variable that holds the URL.
    Variable(Variable),
}
