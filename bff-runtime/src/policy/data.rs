use std::time::Duration;

use crate::{
    cache::{Revalidate, Tag, Vary},
    cors::Cors,
    csrf::Csrf,
    matching::{Source, Variable},
    rate_limit::RateLimit,
};

/// A value with the place in `bff.toml` that sets it; empty in an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// What is set.
    pub value: T,
    /// Where.
    pub place: &'static str,
}

/// What is asked of requests, as the build has checked it.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// How long a handler may take until it responds; `None` is for ever (RH-351).
    pub timeout: Option<Setting<Option<Duration>>>,
    /// How many bytes a body may have; `None` is any number (RH-114).
    pub body_limit: Option<Setting<Option<u64>>>,
    /// How many requests may be with the handlers at a time; `None` is any number.
    pub concurrency: Option<Setting<Option<u32>>>,
    /// How often something may be asked for, by each of these; none for any number of times.
    pub rate_limit: Option<Setting<&'static [&'static RateLimit]>>,
    /// Whose pages may read a response; `None` is none of another origin.
    pub cors: Option<Setting<Option<&'static Cors>>>,
    /// Whether requests that pages of other sites cause are refused.
    pub csrf: Option<Setting<&'static Csrf>>,
    /// What a request has to satisfy beside what wider policies require: names of functions; none takes theirs away.
    pub require: Option<Setting<&'static [&'static str]>>,
    /// How long an answer to GET is kept.
    pub revalidate: Option<Setting<Revalidate>>,
    /// The names under which kept answers are given up, beside those of wider policies.
    pub tags: &'static [Tag],
    /// What kept answers depend on, beside what wider policies name.
    pub vary: &'static [Vary],
    /// What a response gets that has no such header.
    pub headers: &'static [Header],
}

/// A fixed header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// In lower case.
    pub name: &'static str,
    /// ASCII.
    pub value: &'static str,
    /// Where its name stands.
    pub place: &'static str,
}

/// One `[[rules]]`.
#[derive(Clone, Copy, Debug)]
pub struct PolicyRule {
    /// Which paths are meant.
    pub source: Source,
    /// Where the source stands.
    pub place: &'static str,
    /// What holds there.
    pub policy: Policy,
}

/// The policies of an app.
#[derive(Clone, Copy, Debug)]
pub struct Policies {
    /// For every route.
    pub server: Policy,
    /// By path, from the least to the most specific source.
    pub rules: &'static [PolicyRule],
}

/// One of `trusted_proxies`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Networks {
    /// An address or a block of them.
    Fixed(&'static str),
    /// A list of them with commas, read when the server starts.
    Variable(Variable),
}

impl Policy {
    /// Nothing is asked.
    pub const NONE: Self = Self {
        timeout: None,
        body_limit: None,
        concurrency: None,
        rate_limit: None,
        cors: None,
        csrf: None,
        require: None,
        revalidate: None,
        tags: &[],
        vary: &[],
        headers: &[],
    };

    /// A handler has so many milliseconds.
    #[must_use]
    pub const fn timeout(mut self, millis: u64, place: &'static str) -> Self {
        self.timeout = Some(Setting { value: Some(Duration::from_millis(millis)), place });
        self
    }

    /// A handler has all the time it takes.
    #[must_use]
    pub const fn no_timeout(mut self, place: &'static str) -> Self {
        self.timeout = Some(Setting { value: None, place });
        self
    }

    /// A body has so many bytes at most.
    #[must_use]
    pub const fn body_limit(mut self, bytes: u64, place: &'static str) -> Self {
        self.body_limit = Some(Setting { value: Some(bytes), place });
        self
    }

    /// A body may have any size.
    #[must_use]
    pub const fn no_body_limit(mut self, place: &'static str) -> Self {
        self.body_limit = Some(Setting { value: None, place });
        self
    }

    /// So many requests are with the handlers at a time.
    #[must_use]
    pub const fn concurrency(mut self, value: Option<u32>, place: &'static str) -> Self {
        self.concurrency = Some(Setting { value, place });
        self
    }

    /// Requests are limited by each of these.
    #[must_use]
    pub const fn rate_limit(
        mut self,
        value: &'static [&'static RateLimit],
        place: &'static str,
    ) -> Self {
        self.rate_limit = Some(Setting { value, place });
        self
    }

    /// Pages of these origins may read a response.
    #[must_use]
    pub const fn cors(mut self, value: Option<&'static Cors>, place: &'static str) -> Self {
        self.cors = Some(Setting { value, place });
        self
    }

    /// Requests that pages of other sites cause are refused, or let in.
    #[must_use]
    pub const fn csrf(mut self, value: &'static Csrf, place: &'static str) -> Self {
        self.csrf = Some(Setting { value, place });
        self
    }

    /// Requests have to satisfy functions of these names; none of them for nothing.
    #[must_use]
    pub const fn require(mut self, value: &'static [&'static str], place: &'static str) -> Self {
        self.require = Some(Setting { value, place });
        self
    }

    /// Answers to GET are kept for so long.
    #[must_use]
    pub const fn revalidate(mut self, value: Revalidate, place: &'static str) -> Self {
        self.revalidate = Some(Setting { value, place });
        self
    }

    /// Kept answers have these names.
    #[must_use]
    pub const fn tags(mut self, tags: &'static [Tag]) -> Self {
        self.tags = tags;
        self
    }

    /// Kept answers depend on these.
    #[must_use]
    pub const fn vary(mut self, vary: &'static [Vary]) -> Self {
        self.vary = vary;
        self
    }

    /// A response gets these headers.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [Header]) -> Self {
        self.headers = headers;
        self
    }

    /// True when nothing is asked.
    pub const fn is_none(&self) -> bool {
        let Self { timeout, body_limit, concurrency, rate_limit, cors, csrf, .. } = self;
        let Self { require, revalidate, tags, vary, headers, .. } = self;
        let has_limits = timeout.is_some() || body_limit.is_some() || concurrency.is_some();
        let has_guards =
            rate_limit.is_some() || cors.is_some() || csrf.is_some() || require.is_some();
        let is_stored = revalidate.is_some() || !tags.is_empty() || !vary.is_empty();
        !(has_limits || has_guards || is_stored) && headers.is_empty()
    }
}
