use std::{fmt, ops::Range};

use proc_macro2::Span;

use super::literal::place_in_literal;
use crate::{Code, Excerpt, Mistake, path_pattern::PatternMistake};

/// A mistake in a proxy: at its token, and inside it when the token is a pattern.
#[derive(Clone, Debug)]
pub struct ProxyMistake {
    /// What is wrong with the token.
    pub mistake: Mistake,
    /// Where in the token, when it is a pattern.
    pub carets: Option<Carets>,
}

/// A line with carets below a part of it. Stable Rust gives a macro no span for a part of a literal, so the text of
/// the error shows it.
///
/// It is printed as rustc prints an excerpt:
///
/// ```text
///   |
///   | "/a/:/b"
///   |     ^
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carets {
    excerpt: Excerpt,
    /// In characters, from 0.
    column: usize,
    /// The bytes of the literal that are meant; `None` when what is shown stands in no single literal.
    pub at: Option<Range<usize>>,
}

impl Carets {
    /// Below a part of a literal's value, which is shown as it is written.
    pub(super) fn in_literal(written: &str, part: Range<usize>) -> Self {
        let at = place_in_literal(written, part);
        Self { at: Some(at.clone()), ..Self::below(written, at) }
    }

    /// Below a part of a text that is put together from several.
    pub(super) fn in_value(value: &str, part: Range<usize>) -> Self {
        let quoted = format!("\"{value}\"");
        Self::below(&quoted, part.start + 1..part.end + 1)
    }

    fn below(text: &str, at: Range<usize>) -> Self {
        let line =
            text.get(..at.start).and_then(|before| before.rfind('\n')).map_or(0, |it| it + 1);
        let column = text.get(line..at.start).map_or(0, |before| before.chars().count());
        Self { excerpt: Excerpt::of(text, at), column, at: None }
    }
}

impl fmt::Display for Carets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = " ".repeat(self.column);
        let carets = "^".repeat(self.excerpt.width);
        write!(f, "  |\n  | {}\n  | {before}{carets}", self.excerpt.line)
    }
}

impl ProxyMistake {
    pub(super) fn new(
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Mistake { code, message: message.into(), help: help.into(), span }.into()
    }

    pub(super) fn in_pattern(mistake: PatternMistake, span: Span, carets: Carets) -> Self {
        let PatternMistake { code, message, help, .. } = mistake;
        Self { mistake: Mistake { code, message, help, span }, carets: Some(carets) }
    }
}

impl From<Mistake> for ProxyMistake {
    fn from(mistake: Mistake) -> Self {
        Self { mistake, carets: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_below_what_is_wrong_in_the_line_that_has_it() {
        for (written, part, expected) in [
            (r#""/a/:/b""#, 3..4, "  |\n  | \"/a/:/b\"\n  |     ^"),
            (r#""/é\\(""#, 4..5, "  |\n  | \"/é\\\\(\"\n  |      ^"),
            ("\"/a\\\n  /(x\"", 3..4, "  |\n  |   /(x\"\n  |    ^"),
            (r#""/a""#, 2..2, "  |\n  | \"/a\"\n  |    ^"),
        ] {
            assert_eq!(Carets::in_literal(written, part).to_string(), expected);
        }
        assert_eq!(Carets::in_value("/a/:", 3..4).to_string(), "  |\n  | \"/a/:\"\n  |     ^");
    }
}
