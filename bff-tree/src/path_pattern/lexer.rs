use std::ops::Range;

use super::mistake::PatternMistake;
use crate::Code;

/// One sign of a pattern (PP-01).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lexeme<'a> {
    /// A character that means itself.
    Char(char),
    /// `\x`: a character that would mean something without the backslash.
    Escaped(char),
    /// `:name`, without the colon.
    Name(&'a str),
    /// `(…)`, what is between the parentheses.
    Regex(&'a str),
    /// `*`, `+` or `?`.
    Modifier(Modifier),
    /// `{`.
    Open,
    /// `}`.
    Close,
}

/// How often a unit of a pattern stands in a path (PP-07).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifier {
    /// `?`
    Optional,
    /// `*`
    Any,
    /// `+`
    Some,
}

impl Modifier {
    pub(super) fn sign(self) -> char {
        match self {
            Self::Optional => '?',
            Self::Any => '*',
            Self::Some => '+',
        }
    }
}

/// A lexeme and the bytes that it is written with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed<'a> {
    pub(super) lexeme: Lexeme<'a>,
    pub(super) at: Range<usize>,
}

/// Reads a pattern from left to right, with the errors of PP-02.
pub(super) fn lexemes(text: &str) -> Result<Vec<Placed<'_>>, PatternMistake> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let (lexeme, length) = match character {
            '*' => (Lexeme::Modifier(Modifier::Any), 1),
            '+' => (Lexeme::Modifier(Modifier::Some), 1),
            '?' => (Lexeme::Modifier(Modifier::Optional), 1),
            '{' => (Lexeme::Open, 1),
            '}' => (Lexeme::Close, 1),
            '\\' => match text[at + 1..].chars().next() {
                Some(escaped) => (Lexeme::Escaped(escaped), 1 + escaped.len_utf8()),
                None => {
                    return Err(mistake(
                        at..at + 1,
                        "`\\` escapes nothing",
                        "remove it, or write `\\\\` for a backslash",
                    ));
                }
            },
            ':' => {
                let name = name_at(text, at + 1);
                if name.is_empty() {
                    return Err(mistake(
                        at..at + 1,
                        "`:` begins a param, and its name is missing",
                        "name it with letters, digits and `_`, like `:id`, or write `\\:` for a colon",
                    ));
                }
                (Lexeme::Name(name), 1 + name.len())
            }
            '(' => {
                let regex = regex_at(text, at)?;
                (Lexeme::Regex(regex), regex.len() + 2)
            }
            literal => (Lexeme::Char(literal), literal.len_utf8()),
        };
        found.push(Placed { lexeme, at: at..at + length });
        at += length;
    }
    Ok(found)
}

/// The longest name from here on; empty when there is none.
pub(super) fn name_at(text: &str, at: usize) -> &str {
    let length =
        text[at..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    &text[at..at + length]
}

/// What stands between the parenthesis at `open` and its partner.
///
/// Parentheses in brackets count too, as in the model; escaped ones do not.
fn regex_at(text: &str, open: usize) -> Result<&str, PatternMistake> {
    let bytes = text.as_bytes();
    if bytes.get(open + 1) == Some(&b'?') {
        return Err(mistake(
            open..open + 2,
            "an expression cannot begin with `?`",
            "put a second pair of parentheses around it: `/((?!api).*)`",
        ));
    }
    let mut depth = 1;
    let mut at = open + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            b'(' => {
                depth += 1;
                if bytes.get(at + 1) != Some(&b'?') {
                    return Err(mistake(
                        at..at + 1,
                        "a group in a param cannot capture",
                        "write `(?:…)`",
                    ));
                }
            }
            _ => {}
        }
        at += 1;
    }
    if at >= bytes.len() {
        return Err(mistake(
            open..open + 1,
            "`(` is never closed",
            "close it, or write `\\(` for the character",
        ));
    }
    if at == open + 1 {
        return Err(mistake(
            open..open + 2,
            "the expression between the parentheses is missing",
            "write it, like `(.*)`, or `\\(\\)` for the characters",
        ));
    }
    Ok(&text[open + 1..at])
}

fn mistake(at: Range<usize>, message: &str, help: &str) -> PatternMistake {
    PatternMistake::new(Code::PatternSyntax, at, message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pp_01_a_pattern_is_read_from_left_to_right() {
        let found = lexemes(r"/é\::a_1(\)x(?:y))*{z}").expect("a pattern");
        let found: Vec<Lexeme<'_>> = found.into_iter().map(|placed| placed.lexeme).collect();
        let expected = [
            Lexeme::Char('/'),
            Lexeme::Char('é'),
            Lexeme::Escaped(':'),
            Lexeme::Name("a_1"),
            Lexeme::Regex(r"\)x(?:y)"),
            Lexeme::Modifier(Modifier::Any),
            Lexeme::Open,
            Lexeme::Char('z'),
            Lexeme::Close,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn pp_02_what_cannot_be_read_is_reported_at_its_place() {
        for (text, at, what) in [
            ("/:é", 1..2, "name is missing"),
            ("/:", 1..2, "name is missing"),
            ("/(?!x)", 1..3, "begin with `?`"),
            ("/a(?:b)", 2..4, "begin with `?`"),
            ("/:x(a(b))", 5..6, "cannot capture"),
            ("/(a", 1..2, "never closed"),
            (r"/(a\)", 1..2, "never closed"),
            (r"/(a\", 1..2, "never closed"),
            ("/()", 1..3, "is missing"),
            (r"/a\", 2..3, "escapes nothing"),
        ] {
            let mistake = lexemes(text).expect_err(text);
            assert_eq!((mistake.at.clone(), mistake.code), (at, Code::PatternSyntax), "{text}");
            assert!(mistake.message.contains(what), "{text}: {mistake}");
        }
    }
}
