//! The regular expressions that users write between parentheses and in conditions: JavaScript's dialect, as in
//! the model, parsed into a tree and written again so that Rust's engines read it the same way.
//!
//! Nothing is handed on as it was typed. What the two worlds read differently (`\d`, `.`, an escape of a letter)
//! is either spelt out or refused, so an accepted expression means the same in both (MT-23, HM-10).

mod brackets;
mod class;
mod escape;
mod facts;
mod group;
mod parser;
mod quantifier;
mod write;

pub(super) use self::{class::Class, parser::Groups};

/// An expression, and what is around it once a pattern has been compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// One character, itself.
    Char(char),
    /// One character of a set: `[a-z]`, `\d`, `.`.
    Class(Class),
    /// `^`.
    Start,
    /// `$`, which is the end of the input: the flag `m` does not exist here.
    End,
    /// One after the other.
    Concat(Vec<Self>),
    /// The first that fits.
    Either(Vec<Self>),
    /// `(?:…)`, kept so that a quantifier knows its unit.
    Group(Box<Self>),
    /// A capturing group; with a name in a condition, without one around a param.
    Capture(Option<String>, Box<Self>),
    /// `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`.
    Look { behind: bool, negative: bool, node: Box<Self> },
    /// `*`, `+`, `?`, `{n,m}`; `max` is `None` for no limit.
    Repeat { node: Box<Self>, min: u32, max: Option<u32>, lazy: bool },
}

/// A mistake in an expression: where, counted in bytes from its beginning, what, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RegexMistake {
    pub(super) at: std::ops::Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
    /// True when the expression is too large rather than wrong.
    pub(super) too_large: bool,
}

impl Node {
    /// Parses an expression.
    pub(super) fn parse(text: &str, groups: Groups) -> Result<Self, RegexMistake> {
        parser::parse(text, groups)
    }

    /// Nothing.
    pub(super) fn empty() -> Self {
        Self::Concat(Vec::new())
    }

    /// Literal text.
    pub(super) fn text(text: &str) -> Self {
        Self::Concat(text.chars().map(Self::Char).collect())
    }

    /// One character out of these.
    pub(super) fn one_of(chars: &str) -> Self {
        Self::Class(Class::of(chars.chars()))
    }

    /// One character, none of these.
    pub(super) fn none_of(chars: impl IntoIterator<Item = char>) -> Self {
        Self::Class(Class::of(chars).negated())
    }

    /// `(?:self)` with a quantifier of at most one digit.
    pub(super) fn repeated(self, min: u32, max: Option<u32>, lazy: bool) -> Self {
        Self::Repeat { node: Box::new(self), min, max, lazy }
    }
}
