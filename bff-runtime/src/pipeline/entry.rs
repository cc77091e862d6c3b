use std::fmt;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode};

use crate::{
    Problem,
    matching::{
        BadPattern, Captures, Condition, Place, Refused, Rule, RuleMatcher, Source, Subject,
        TooComplex,
    },
};

/// When a rule applies, ready to be asked.
#[derive(Debug)]
pub(super) struct Entry {
    matcher: RuleMatcher,
    has_conditions: bool,
    /// False for a source that is a whole path (RD-11).
    below_base_path: bool,
    varies: Option<HeaderValue>,
}

/// The path of a request, as sources are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paths<'p> {
    /// What is below the base path; `None` outside of it.
    pub(super) inside: Option<&'p str>,
    /// All of it.
    pub(super) whole: &'p str,
}

impl Entry {
    pub(super) fn new(rule: &'static Rule, below_base_path: bool) -> Result<Self, BadPattern> {
        let (matcher, has_conditions) = (RuleMatcher::new(rule)?, rule.has_conditions());
        Ok(Self { matcher, has_conditions, below_base_path, varies: varies(rule) })
    }

    /// True when the path alone does not decide.
    pub(super) fn has_conditions(&self) -> bool {
        self.has_conditions
    }

    pub(super) fn source(&self) -> &'static Source {
        self.matcher.source().source()
    }

    pub(super) fn is_below_base_path(&self) -> bool {
        self.below_base_path
    }

    /// The headers that the conditions look at, for `Vary` (HM-11).
    pub(super) fn varies(&self) -> Option<&HeaderValue> {
        self.varies.as_ref()
    }

    /// True when the rule is about the path, whatever its conditions say; also when that takes too long to find out.
    pub(super) fn is_about(&self, paths: Paths<'_>) -> bool {
        self.path(paths)
            .is_some_and(|path| !matches!(self.matcher.source().captures(path), Ok(None)))
    }

    /// What the request captures, when the rule applies to it. The path of `subject` counts for nothing.
    pub(super) fn captures<'a>(
        &self,
        subject: &Subject<'a>,
        paths: Paths<'a>,
    ) -> Result<Option<Captures<'a>>, Unanswerable> {
        match self.path(paths) {
            Some(path) => Ok(self.matcher.captures(&Subject { path, ..*subject })?),
            None => Ok(None),
        }
    }

    /// The path that the source is about.
    fn path<'p>(&self, paths: Paths<'p>) -> Option<&'p str> {
        if self.below_base_path { paths.inside } else { Some(paths.whole) }
    }
}

fn varies(rule: &Rule) -> Option<HeaderValue> {
    let name = |condition: &Condition| match condition.place {
        Place::Header => Some(condition.key),
        Place::Cookie => Some("cookie"),
        // They are a part of the URL, which every cache tells apart.
        Place::Query | Place::Host => None,
    };
    let mut names: Vec<&str> = rule.has.iter().chain(rule.missing).filter_map(name).collect();
    names.sort_unstable();
    names.dedup();
    (!names.is_empty()).then(|| HeaderValue::try_from(names.join(", ")).ok()).flatten()
}

/// A request that a rule can do nothing with: 400.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unanswerable {
    /// Whether the rule applies is not known (HM-10).
    TooComplex(TooComplex),
    /// It does, and what it captures cannot be put where it belongs (DC-08, DC-14).
    Refused(Refused),
    /// It does, and the result is no URL.
    NoUrl,
}

impl From<TooComplex> for Unanswerable {
    fn from(error: TooComplex) -> Self {
        Self::TooComplex(error)
    }
}

impl From<Refused> for Unanswerable {
    fn from(error: Refused) -> Self {
        Self::Refused(error)
    }
}

impl fmt::Display for Unanswerable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooComplex(error) => error.fmt(f),
            Self::Refused(error) => error.fmt(f),
            Self::NoUrl => f.write_str("a captured value cannot be a part of a URL"),
        }
    }
}

impl IntoResponse for Unanswerable {
    fn into_response(self) -> Response {
        Problem::new(StatusCode::BAD_REQUEST).detail(self.to_string()).into_response()
    }
}
