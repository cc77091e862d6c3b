use std::{fmt, ops::Range};

use super::js_regex::RegexMistake;
use crate::Code;

/// Why a text is not a path pattern, a condition or a destination, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternMistake {
    /// Which mistake.
    pub code: Code,
    /// The bytes of the text that are wrong, for a span or carets; empty at the end of the text.
    pub at: Range<usize>,
    /// What is wrong, a phrase.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl PatternMistake {
    pub(super) fn new(
        code: Code,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { code, at, message: message.into(), help: help.into() }
    }

    /// A mistake in an expression that begins at `start` of the whole text.
    pub(super) fn in_regex(mistake: RegexMistake, start: usize) -> Self {
        let code = if mistake.too_large { Code::PatternLimit } else { Code::PatternRegex };
        let at = mistake.at.start + start..mistake.at.end + start;
        Self { code, at, message: mistake.message, help: mistake.help }
    }

    /// The text with carets below the place, as a terminal shows it (VA-04).
    ///
    /// ```
    /// use bff_tree::path_pattern::{Dialect, PathPattern};
    ///
    /// let mistake = PathPattern::parse("/a/:/b", Dialect::CONFIG).unwrap_err();
    /// assert_eq!(mistake.carets("/a/:/b"), "/a/:/b\n   ^");
    /// ```
    pub fn carets(&self, text: &str) -> String {
        let column = |offset: usize| text.char_indices().take_while(|&(at, _)| at < offset).count();
        let (start, end) = (column(self.at.start), column(self.at.end));
        format!("{text}\n{}{}", " ".repeat(start), "^".repeat(end.saturating_sub(start).max(1)))
    }
}

impl fmt::Display for PatternMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for PatternMistake {}
