use std::fmt;

/// One thing that happens to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    stage: Stage,
    text: String,
    place: Option<String>,
}

/// Where in the app something happens to a request, in the order in which it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The path is not clean, and the client is sent to the clean one (BP-30, BP-31).
    CleanUp,
    /// A `[[headers]]` applies.
    Headers,
    /// A `[[redirects]]` applies, or `trailing_slash` does.
    Redirect,
    /// `proxy.rs` runs, or does not.
    Proxy,
    /// A rewrite applies.
    Rewrite,
    /// A file of `public/` is served.
    File,
    /// A route is found, or none is.
    Route,
    /// The handler of the method, or that there is none.
    Handler,
    /// A `[[rules]]` is for the path.
    Rule,
    /// How long the handler may take.
    Timeout,
    /// How large the body may be.
    BodyLimit,
    /// How often something may be asked for.
    RateLimit,
    /// How many requests may be answered at a time.
    Concurrency,
    /// Whose pages may read the response.
    Cors,
    /// Whether requests that pages of other sites cause are refused; the automatic check is not told.
    Csrf,
    /// What a request has to satisfy before it reaches the handler.
    Requirement,
    /// Whether the answer is kept, for how long and under which names.
    Cache,
    /// A header that a policy adds.
    PolicyHeader,
    /// Something around the app answers, which is not the app's to explain.
    Around,
}

impl Step {
    pub(crate) fn new(stage: Stage, text: impl Into<String>, place: Option<String>) -> Self {
        Self { stage, text: text.into(), place }
    }

    /// Where in the app it happens.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// What happens.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What says so: a place in `bff.toml` (`bff.toml:12:10`), or a file of the app; `None` for what holds anyway.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }
}

/// A word or two, for people.
impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::CleanUp => "clean-up",
            Self::Headers => "headers",
            Self::Redirect => "redirect",
            Self::Proxy => "proxy",
            Self::Rewrite => "rewrite",
            Self::File => "file",
            Self::Route => "route",
            Self::Handler => "handler",
            Self::Rule => "rule",
            Self::Timeout => "timeout",
            Self::BodyLimit => "body limit",
            Self::RateLimit => "rate limit",
            Self::Concurrency => "concurrency",
            Self::Cors => "CORS",
            Self::Csrf => "CSRF",
            Self::Requirement => "requires",
            Self::Cache => "cache",
            Self::PolicyHeader => "header",
            Self::Around => "around",
        })
    }
}
