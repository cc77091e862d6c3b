use std::fmt;

use crate::{Excerpt, Location};

/// One mistake that can be seen at build time: what, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code, explained in `docs/diagnostics.md`.
    pub code: Code,
    /// A lower-case phrase without a final stop.
    pub message: String,
    /// Where the user should look first.
    pub location: Location,
    /// The line there, where the reader's tool cannot show it itself.
    pub excerpt: Option<Excerpt>,
    /// The other parties, each in the user's spelling.
    pub related: Vec<Location>,
    /// What to do, imperative.
    pub help: String,
    /// Who tells the user during a build.
    pub reporter: Reporter,
}

/// Who reports a diagnostic while the app is compiled. A linter reports all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reporter {
    /// `app!`, which sees the whole tree.
    Tree,
    /// The handler's own attribute, which can point at the token; `app!` stays silent about it.
    Attribute,
}

/// Collects diagnostics; nothing stops at the first one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one reported by `app!`.
    pub fn tree(
        &mut self,
        code: Code,
        location: Location,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Diagnostic {
            code,
            message: message.into(),
            location,
            excerpt: None,
            related: Vec::new(),
            help: help.into(),
            reporter: Reporter::Tree,
        })
    }

    /// Adds an attribute that is nearly one of ours. rustc stops at it, because there is none of that name; only a linter
    /// has to say it.
    pub(crate) fn misspelt_attribute(&mut self, location: Location, message: String, near: &str) {
        let help = format!("did you mean `#[{near}]`?");
        self.tree(Code::MisspeltAttribute, location, message, help).reporter = Reporter::Attribute;
    }

    /// Adds finished ones.
    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(diagnostics);
    }

    /// Adds a finished diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.0.push(diagnostic);
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Sorts by place, so that the order never depends on the file system, and leaves out what is said twice.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| {
            (&a.location, a.code, &a.message).cmp(&(&b.location, b.code, &b.message))
        });
        self.0.dedup();
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Those that `app!` has to report itself.
    pub fn for_tree(&self) -> impl Iterator<Item = &Diagnostic> {
        self.iter().filter(|diagnostic| diagnostic.reporter == Reporter::Tree)
    }

    /// True when nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many were found.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal,)+) => {
        /// The stable name of a mistake. A code is never used again for another mistake.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code as printed: `BFF0101`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

codes! {
    /// There is no app folder where one is expected.
    AppFolderMissing = "BFF0101",
    /// A file whose name is nearly `route.rs`.
    MisspeltFile = "BFF0102",
    /// A `route` file in another language.
    ForeignRouteFile = "BFF0103",
    /// Both `app/` and `src/app/` exist (RH-007).
    TwoAppFolders = "BFF0104",
    /// A `route.rs` with handlers below a `_private` folder (RH-015).
    PrivateRoute = "BFF0105",
    /// A `page` file, which bff does not serve (RH-434).
    PageFile = "BFF0106",
    /// A file or folder that cannot be read, or whose name is not UTF-8.
    Unreadable = "BFF0107",
    /// The app folder holds no `route.rs` at all.
    NoRoutes = "BFF0108",
    /// A `pages/api` that is not beside the app folder.
    PagesPlace = "BFF0110",

    /// `[]`, `[...]` (RH-448).
    EmptyParam = "BFF0201",
    /// `[id`, `id]` (RH-451).
    UnbalancedBrackets = "BFF0202",
    /// `[name].json` (RH-020).
    MixedSegment = "BFF0203",
    /// `[[id]]` (RH-447).
    OptionalParam = "BFF0204",
    /// `[…x]` with the one-character ellipsis (RH-449).
    UnicodeEllipsis = "BFF0205",
    /// `[.x]`, `[..x]`, `[....x]` (RH-450).
    WrongDots = "BFF0206",
    /// `[[[x]]]`, `[[...x]`, `[x]]` (RH-451).
    ExtraBrackets = "BFF0207",
    /// A param name that cannot be the name of an argument (RH-032).
    ParamName = "BFF0208",
    /// One param name twice in a path (RH-444, RH-445).
    DuplicateParam = "BFF0209",
    /// A folder below a catch-all (RH-446).
    CatchAllNotLast = "BFF0210",
    /// A route below a parallel slot `@x` (RH-017).
    Slot = "BFF0211",
    /// A route below an interception folder `(.)x` (RH-018).
    Interception = "BFF0212",
    /// `()`, `(x`, `x)`.
    Parentheses = "BFF0213",
    /// A broken percent escape in a folder name (RH-016).
    PercentEscape = "BFF0214",
    /// `{id}`, `:id`: a param in another router's spelling.
    ForeignParam = "BFF0215",

    /// A `route.rs` without a handler (RH-069).
    NoHandler = "BFF0301",
    /// One method handled twice in a file.
    DuplicateMethod = "BFF0302",
    /// An attribute that is nearly a handler attribute.
    MisspeltAttribute = "BFF0303",
    /// A function named like a method, without an attribute (RH-049, RH-067).
    MissingAttribute = "BFF0304",
    /// Type, const or `impl Trait` generics on a handler.
    GenericHandler = "BFF0305",
    /// An argument whose name is nearly that of a param.
    MisspeltParam = "BFF0306",
    /// An argument that can be neither a param nor an extractor.
    UnknownArgument = "BFF0307",
    /// A `self`, `unsafe`, `extern`, `const` or variadic handler.
    HandlerSignature = "BFF0308",
    /// A key that handler attributes do not have.
    UnknownKey = "BFF0309",
    /// A key that this version does not act on yet.
    UnsupportedKey = "BFF0310",
    /// A value of the wrong kind, or a malformed argument.
    AttributeValue = "BFF0311",
    /// A method that is unknown, in the wrong case or cannot be routed.
    UnknownMethod = "BFF0312",
    /// A handler attribute on something that is not a function.
    NotAFunction = "BFF0313",
    /// A handler attribute inside a `mod`, `impl` or function.
    NestedHandler = "BFF0314",
    /// A handler attribute outside a `route.rs` of the app folder.
    OutsideRouteFile = "BFF0315",
    /// A factory that is async, or whose arguments are not `State`.
    FactorySignature = "BFF0316",
    /// A param taken by reference or by pattern.
    ParamPattern = "BFF0317",
    /// A handler attribute inside a `cfg_attr`.
    ConditionalAttribute = "BFF0318",
    /// A file below `pages/api` without an `#[api]` function (RH-470).
    NoApi = "BFF0319",
    /// Two `#[api]` functions in a file (RH-470).
    TwoApis = "BFF0320",
    /// `#[get]` and its like below `pages/api` (RH-470).
    MethodInPages = "BFF0321",
    /// `#[api]` in a `route.rs`.
    ApiInRouteFile = "BFF0322",
    /// Keys of the response cache that contradict each other, or that have nothing to keep (RH-345).
    CacheKeys = "BFF0331",
    /// `#[static_params]` where nothing asks for params (RH-324).
    StaticParamsPlace = "BFF0340",
    /// A `#[static_params]` function that cannot be called, or lists nothing (RH-320).
    StaticParamsSignature = "BFF0341",

    /// Two files that serve one URL through groups (RH-435).
    SameUrl = "BFF0401",
    /// Two patterns of one shape (RH-440).
    SameShape = "BFF0402",
    /// A catch-all and an optional catch-all in one folder (RH-442).
    CatchAllKinds = "BFF0403",
    /// A route and an optional catch-all for the same URL (RH-443).
    OptionalCatchAllOverlap = "BFF0404",
    /// A public file and a route for one URL (RH-035, RH-438).
    PublicFile = "BFF0405",
    /// Two folders, or two public files, that differ in case only.
    CaseOnly = "BFF0406",
    /// A link in `public` that leads out of it.
    PublicLink = "BFF0407",
    /// A public file below the prefix that is bff's own (PF-15).
    ReservedPublicName = "BFF0408",

    /// A proxy file in the wrong place.
    ProxyPlace = "BFF0501",
    /// A proxy file without a proxy function, or with two (PX-06).
    ProxyFunction = "BFF0503",
    /// A second proxy file (PX-07).
    TwoProxies = "BFF0504",
    /// A proxy function that cannot be called.
    ProxySignature = "BFF0505",
    /// An instrumentation file in the wrong place, or of another name.
    InstrumentationPlace = "BFF0521",
    /// An instrumentation file without a function that is called, or with one that is nearly so named.
    InstrumentationFunction = "BFF0522",
    /// A function of the instrumentation file that cannot be called.
    InstrumentationSignature = "BFF0523",

    /// A metadata file where it does not count (MD-01, MD-05).
    MetadataPlace = "BFF0601",
    /// A file that is nearly named like a metadata file, or in a format that none has (MD-02).
    MetadataName = "BFF0602",
    /// An image that no browser can show (MDI-02).
    MetadataImage = "BFF0603",
    /// An image that is too large (MDO-01).
    MetadataSize = "BFF0604",
    /// The text of an image that is not there (MDO-02).
    MetadataAlt = "BFF0605",
    /// A metadata file without its function, or with two (MD-13).
    MetadataFunction = "BFF0606",
    /// The attribute of a metadata function in a file that is not its own.
    MetadataAttribute = "BFF0607",
    /// An `id` that nothing lists, or ids that nothing takes (MDI-05, MDS-09).
    MetadataId = "BFF0608",

    /// A path pattern that cannot be read (MT-05, PP-02, PP-03).
    PatternSyntax = "BFF0701",
    /// A param of a path pattern that cannot be told from what is around it (PP-06, PP-07).
    PatternParam = "BFF0702",
    /// A regular expression that is wrong, or that JavaScript and Rust read differently (HM-10).
    PatternRegex = "BFF0703",
    /// A pattern or destination that is too large (PP-15, VA-14).
    PatternLimit = "BFF0704",
    /// A key of `has` or `missing` that cannot be (VA-11).
    ConditionKey = "BFF0705",
    /// A destination that leads nowhere (VA-05).
    Destination = "BFF0706",
    /// A param of a destination that is not captured, or not in this form (VA-06, VA-07, DC-10, DC-11).
    DestinationParam = "BFF0707",
    /// A configured header that cannot be sent (VA-09).
    HeaderTemplate = "BFF0708",

    /// `bff.toml` is not TOML.
    ConfigSyntax = "BFF0801",
    /// A key or table that `bff.toml` does not have (CF-02, VA-10).
    ConfigKey = "BFF0802",
    /// A key or value of `bff.toml` that this version does not act on yet.
    ConfigUnsupported = "BFF0803",
    /// A value of the wrong type (CF-02, VA-01, VA-02).
    ConfigType = "BFF0804",
    /// A key that is missing, or one of two that exclude each other (VA-03, VA-08, RD-02).
    ConfigRequired = "BFF0805",
    /// A value that is none of those that a key can have (VA-08, VA-12, BP-01).
    ConfigValue = "BFF0806",
    /// A redirect that leads to itself, at once or by way of others (RD-12, RD-13).
    RedirectLoop = "BFF0807",
    /// A rule that can never apply.
    DeadRule = "BFF0808",
    /// A rewrite to a path that nothing serves.
    DeadRewrite = "BFF0809",
    /// A `bff.toml` where it is not read, or under another name.
    ConfigPlace = "BFF0810",
    /// A size or a duration that cannot be read.
    Quantity = "BFF0820",
    /// An item of `trusted_proxies` that is no network.
    Network = "BFF0821",
    /// An upstream with a name or a URL that cannot be.
    UpstreamDeclaration = "BFF0822",
    /// A destination that names an upstream which is not declared.
    UnknownUpstream = "BFF0823",
    /// A policy that no route is under.
    IdlePolicy = "BFF0824",
    /// An origin in a spelling that no browser sends, or that nobody should trust.
    AllowedOrigin = "BFF0830",
    /// A CORS or CSRF policy that browsers do not act on, or that guards nothing.
    CorsPolicy = "BFF0831",
    /// A rule that keeps the answers of a handler that may read what no key of the store holds.
    RuleKeeps = "BFF0841",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
