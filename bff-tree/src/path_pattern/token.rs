use std::ops::Range;

use super::{js_regex::Node, lexer::Modifier};

/// What a pattern consists of (PP-03, PP-04).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Literal text.
    Text(String),
    /// A param, or a group in braces.
    Unit(Unit),
}

/// `:name`, `(…)`, `{…}`: prefix, value and suffix, which are optional or repeated together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// What the value is, if there is one.
    pub(super) param: Option<Param>,
    pub(super) prefix: String,
    pub(super) suffix: String,
    pub(super) modifier: Option<Modifier>,
    /// Where it is written, from name to modifier.
    pub(super) at: Range<usize>,
}

/// The value of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Param {
    /// `None` for `(…)` without a name.
    pub(super) name: Option<String>,
    pub(super) value: Value,
}

/// Which text a param takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// `:name(…)`.
    Regex(Node),
    /// `:name`: one or more characters, none of them a delimiter, and not the text before it (PP-05).
    Default { without: Option<String> },
}
