use crate::{
    cache::{Reads, Revalidate, Vary},
    instrumentation::ErrorKind,
    policy::{Policies, Policy},
};

/// One route of an app: a URL pattern and the handlers of one `route.rs`, of one file below `pages/api`, or of a metadata
/// file.
///
/// The generated `app::ROUTES` lists them, sorted by folder. It is data for tools and tests; the router does
/// not change when it is read.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    pattern: &'static str,
    axum_patterns: &'static [&'static str],
    segments: &'static [Segment],
    file: &'static str,
    handlers: &'static [HandlerInfo],
    rules: Option<RouteRules>,
    static_params: Option<(&'static str, bool)>,
    kind: ErrorKind,
    metadata: bool,
}

/// The policies of `bff.toml` for a route.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct RouteRules {
    /// All of them.
    pub policies: &'static Policies,
    /// The rules for this route, by number, and whether for every request of it.
    pub under: &'static [(usize, bool)],
}

impl Route {
    #[doc(hidden)]
    pub const fn new(
        pattern: &'static str,
        axum_patterns: &'static [&'static str],
        segments: &'static [Segment],
        file: &'static str,
        handlers: &'static [HandlerInfo],
    ) -> Self {
        Self {
            pattern,
            axum_patterns,
            segments,
            file,
            handlers,
            rules: None,
            static_params: None,
            kind: ErrorKind::Handler,
            metadata: false,
        }
    }

    /// Stands for what answers requests without being a route, where the log and reports of errors ask for one.
    pub(crate) const fn none(kind: ErrorKind, file: &'static str) -> Self {
        Self { kind, ..Self::new("", &[], &[], file, &[]) }
    }

    /// What has failed when the answer is a failure.
    pub(crate) const fn kind(&self) -> ErrorKind {
        self.kind
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn under(
        mut self,
        policies: &'static Policies,
        under: &'static [(usize, bool)],
    ) -> Self {
        self.rules = Some(RouteRules { policies, under });
        self
    }

    /// Marks one of a metadata file.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_metadata(mut self) -> Self {
        self.metadata = true;
        self
    }

    /// True for the route of a [metadata file](crate::metadata): an icon, a sitemap, `robots.txt` and their like.
    pub const fn is_metadata(&self) -> bool {
        self.metadata
    }

    pub(crate) const fn rules(&self) -> Option<RouteRules> {
        self.rules
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn static_params_of(mut self, function: &'static str, dynamic_params: bool) -> Self {
        self.static_params = Some((function, dynamic_params));
        self
    }

    /// The name of the function that [lists the params](macro@crate::static_params) of this route, if it has one.
    pub const fn static_params(&self) -> Option<&'static str> {
        match self.static_params {
            Some((function, _)) => Some(function),
            None => None,
        }
    }

    /// False when nothing but the params that are listed is served (RH-318).
    pub const fn has_dynamic_params(&self) -> bool {
        match self.static_params {
            Some((_, dynamic_params)) => dynamic_params,
            None => true,
        }
    }

    /// The URL pattern in axum's spelling, decoded: `/posts/{id}`, `/files/{*path}`.
    pub const fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// The patterns for [`axum::Router::route`]: percent-encoded, and two of them for an optional catch-all.
    pub const fn axum_patterns(&self) -> &'static [&'static str] {
        self.axum_patterns
    }

    /// The pattern's segments, left to right.
    pub const fn segments(&self) -> &'static [Segment] {
        self.segments
    }

    /// The route file, relative to the package: `app/posts/[id]/route.rs`, `pages/api/posts/[id].rs`, `app/icon.png`.
    pub const fn file(&self) -> &'static str {
        self.file
    }

    /// The handlers, in the order of the file.
    pub const fn handlers(&self) -> &'static [HandlerInfo] {
        self.handlers
    }

    /// The methods that have a handler, in the order of the file; without the automatic HEAD and OPTIONS. There
    /// are none when [one handler answers every method](HandlerInfo::answers_every_method).
    pub fn methods(&self) -> impl Iterator<Item = &'static str> {
        self.handlers.iter().flat_map(|handler| handler.methods).copied()
    }
}

/// One segment of a [`Route`]'s pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A part of the path as it stands, decoded.
    Literal(&'static str),
    /// Exactly one path segment (RH-022).
    Param(&'static str),
    /// One or more path segments (RH-023).
    CatchAll(&'static str),
    /// Any number of path segments (RH-024).
    OptionalCatchAll(&'static str),
}

/// One handler of a [`Route`].
#[derive(Clone, Copy, Debug)]
pub struct HandlerInfo {
    name: &'static str,
    methods: &'static [&'static str],
    every_method: bool,
    docs: &'static str,
    policy: &'static Policy,
    requirements: &'static [&'static str],
    reads: Reads,
    is_static: bool,
    splits: bool,
    suffix: &'static str,
}

impl HandlerInfo {
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        methods: &'static [&'static str],
        docs: &'static str,
    ) -> Self {
        Self {
            name,
            methods,
            every_method: false,
            docs,
            policy: &Policy::NONE,
            requirements: &[],
            reads: Reads::ANYTHING,
            is_static: false,
            splits: false,
            suffix: "",
        }
    }

    #[doc(hidden)]
    pub const fn every_method(name: &'static str, docs: &'static str) -> Self {
        Self { every_method: true, ..Self::new(name, &[], docs) }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn policy(mut self, policy: &'static Policy) -> Self {
        self.policy = policy;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn requirements_named(mut self, names: &'static [&'static str]) -> Self {
        self.requirements = names;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn reads_only(mut self, reads: Reads) -> Self {
        self.reads = reads;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn force_static(mut self) -> Self {
        self.is_static = true;
        self
    }

    /// Its answer may be in parts, which the query tells apart.
    #[doc(hidden)]
    #[must_use]
    pub const fn split(mut self) -> Self {
        self.splits = true;
        self
    }

    /// What follows the value of the last param in its segment, `.xml` of a sitemap, is no part of it.
    #[doc(hidden)]
    #[must_use]
    pub const fn suffix(mut self, suffix: &'static str) -> Self {
        self.suffix = suffix;
        self
    }

    pub(crate) const fn suffix_of_param(&self) -> &'static str {
        self.suffix
    }

    pub(crate) const fn splits(&self) -> bool {
        self.splits
    }

    /// What its arguments read of a request.
    pub(crate) const fn reads(&self) -> Reads {
        self.reads
    }

    /// True with `force_static`: its answer is made once and for everybody, and `bff export` writes it to a file.
    pub const fn is_static(&self) -> bool {
        self.is_static
    }

    /// How long its attribute has answers to GET kept; `None` where it leaves that to the rules of `bff.toml`.
    pub const fn revalidate(&self) -> Option<Revalidate> {
        match self.policy.revalidate {
            Some(setting) => Some(setting.value),
            None => None,
        }
    }

    /// The tags that its attribute gives kept answers, as they are written: `post:{id}`.
    pub fn tags(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.policy.tags.iter().map(|tag| tag.text)
    }

    /// What kept answers depend on beside the URL, as its attribute has it.
    pub const fn vary(&self) -> &'static [Vary] {
        self.policy.vary
    }

    /// The functions that a request has to satisfy before it reaches the handler, in their order, as paths:
    /// `bff::session::user`, `admin`. They are those of its attribute; [`explain`](crate::explain()) tells of those of rules,
    /// too.
    pub const fn requirements(&self) -> &'static [&'static str] {
        self.requirements
    }

    /// What its attribute asks of requests.
    pub(crate) const fn own_policy(&self) -> &'static Policy {
        self.policy
    }

    /// The function's name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// True for the function of a file below `pages/api`, which answers whatever method comes (RH-470).
    pub const fn answers_every_method(&self) -> bool {
        self.every_method
    }

    /// The methods that it answers; none are named when it [answers every one](Self::answers_every_method).
    pub const fn methods(&self) -> &'static [&'static str] {
        self.methods
    }

    /// The function's doc comment.
    pub const fn docs(&self) -> &'static str {
        self.docs
    }
}
