use std::{fmt, sync::Arc};

use super::error::{BadPattern, TooComplex};

/// How many steps a match by trying may take. Without optimisation they take about ten milliseconds, and a path
/// of 64 KiB needs fewer with patterns that do not nest their repetitions.
const BACKTRACK_LIMIT: usize = 100_000;

/// An expression as the build has written it down, with the engine that it needs.
///
/// Nothing else names an engine: an app without expressions has none in its program, and they are a fifth of what
/// the linker of a debug build would have to carry.
///
/// ```
/// use bff::__private::matching::Regex;
///
/// static ID: Regex = Regex::linear("^/posts/([0-9]+)$");
/// assert_eq!(ID.text(), "^/posts/([0-9]+)$");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Regex {
    text: &'static str,
    compile: fn(&'static str) -> Result<Expression, BadPattern>,
}

impl Regex {
    /// One without look-around: in time linear in the text.
    pub const fn linear(text: &'static str) -> Self {
        Self { text, compile: linear }
    }

    /// One with look-around: by trying, within a limit.
    pub const fn backtracking(text: &'static str) -> Self {
        Self { text, compile: trying }
    }

    /// The expression as it is written.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    pub(super) fn compile(self) -> Result<Expression, BadPattern> {
        (self.compile)(self.text)
    }
}

/// A compiled expression.
#[derive(Clone, Debug)]
pub(super) struct Expression(Arc<dyn Engine>);

impl Expression {
    pub(super) fn is_match(&self, text: &str) -> Result<bool, TooComplex> {
        self.0.is_match(text)
    }

    /// The groups of a match, from the first on.
    pub(super) fn groups<'t>(&self, text: &'t str) -> Result<Option<Groups<'t>>, TooComplex> {
        self.0.groups(text)
    }
}

/// What each group of a match holds, when it took part.
type Groups<'t> = Vec<Option<&'t str>>;

trait Engine: fmt::Debug + Send + Sync {
    fn is_match(&self, text: &str) -> Result<bool, TooComplex>;

    fn groups<'t>(&self, text: &'t str) -> Result<Option<Groups<'t>>, TooComplex>;
}

fn linear(text: &'static str) -> Result<Expression, BadPattern> {
    let regex = regex::Regex::new(text).map_err(|error| BadPattern::new(text, &error))?;
    Ok(Expression(Arc::new(regex)))
}

fn trying(text: &'static str) -> Result<Expression, BadPattern> {
    let regex = fancy_regex::RegexBuilder::new(text).backtrack_limit(BACKTRACK_LIMIT).build();
    Ok(Expression(Arc::new(regex.map_err(|error| BadPattern::new(text, &error))?)))
}

impl Engine for regex::Regex {
    fn is_match(&self, text: &str) -> Result<bool, TooComplex> {
        Ok(self.is_match(text))
    }

    fn groups<'t>(&self, text: &'t str) -> Result<Option<Groups<'t>>, TooComplex> {
        Ok(self.captures(text).map(|found| {
            found.iter().skip(1).map(|group| group.map(|group| group.as_str())).collect()
        }))
    }
}

impl Engine for fancy_regex::Regex {
    fn is_match(&self, text: &str) -> Result<bool, TooComplex> {
        self.is_match(text).map_err(|_| TooComplex)
    }

    fn groups<'t>(&self, text: &'t str) -> Result<Option<Groups<'t>>, TooComplex> {
        let found = self.captures(text).map_err(|_| TooComplex)?;
        Ok(found.map(|found| {
            found.iter().skip(1).map(|group| group.map(|group| group.as_str())).collect()
        }))
    }
}
