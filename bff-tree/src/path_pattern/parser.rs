use std::ops::Range;

use super::{
    js_regex::{Groups, Node},
    lexer::{Lexeme, Modifier, Placed, lexemes},
    mistake::PatternMistake,
    token::{Param, Token, Unit, Value},
};
use crate::Code;

/// Where the tokens go to, which decides what they may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// A source, whose params end at one of these delimiters.
    Source { delimiters: &'static str },
    /// A destination: it takes no expressions, and its params may stand side by side (PP-06, PP-10).
    Destination,
}

/// Parses a whole pattern.
pub(super) fn parse(text: &str, side: Side) -> Result<Vec<Token>, PatternMistake> {
    let lexemes = lexemes(text)?;
    let mut parser =
        Parser { lexemes: &lexemes, end: text.len(), next: 0, side, tokens: Vec::new() };
    parser.run()?;
    Ok(parser.tokens)
}

/// What stands between parentheses, and where it begins.
type Expression<'a> = (&'a str, usize);

struct Parser<'a> {
    lexemes: &'a [Placed<'a>],
    end: usize,
    next: usize,
    side: Side,
    tokens: Vec<Token>,
}

impl<'a> Parser<'a> {
    fn run(&mut self) -> Result<(), PatternMistake> {
        let mut text = String::new();
        while self.next < self.lexemes.len() {
            let start = self.here().start;
            let literal = self.character();
            if let Some((name, regex)) = self.param() {
                // Only these two become a part of the param that they stand before (PP-03).
                let prefix = literal.filter(|literal| matches!(literal, '/' | '.'));
                text.extend(literal.filter(|_| prefix.is_none()));
                self.flush(&mut text);
                let prefix = prefix.map(String::from).unwrap_or_default();
                let value = self.value(name, regex, &prefix)?;
                let modifier = self.modifier();
                self.push(value, prefix, String::new(), modifier, start);
                continue;
            }
            if let Some(literal) = literal.or_else(|| self.escaped()) {
                text.push(literal);
                continue;
            }
            self.flush(&mut text);
            if !self.eat(&Lexeme::Open) {
                return Err(self.unexpected());
            }
            let prefix = self.text();
            let (name, regex) = self.param().unwrap_or_default();
            let value = if name.is_none() && regex.is_none() {
                None
            } else {
                self.value(name, regex, &prefix)?
            };
            let suffix = self.text();
            if !self.eat(&Lexeme::Close) {
                return Err(self.unclosed(start));
            }
            let modifier = self.modifier();
            self.push(value, prefix, suffix, modifier, start);
        }
        self.flush(&mut text);
        Ok(())
    }

    fn push(
        &mut self,
        param: Option<Param>,
        prefix: String,
        suffix: String,
        modifier: Option<Modifier>,
        start: usize,
    ) {
        let end =
            self.lexemes.get(self.next.saturating_sub(1)).map_or(self.end, |last| last.at.end);
        self.tokens.push(Token::Unit(Unit { param, prefix, suffix, modifier, at: start..end }));
    }

    fn flush(&mut self, text: &mut String) {
        if !text.is_empty() {
            self.tokens.push(Token::Text(std::mem::take(text)));
        }
    }

    fn peek(&self) -> Option<&'a Lexeme<'a>> {
        self.lexemes.get(self.next).map(|placed| &placed.lexeme)
    }

    /// The place of the next lexeme, or of the end.
    fn here(&self) -> Range<usize> {
        self.lexemes.get(self.next).map_or(self.end..self.end, |placed| placed.at.clone())
    }

    fn eat(&mut self, lexeme: &Lexeme<'_>) -> bool {
        let found = self.peek() == Some(lexeme);
        self.next += usize::from(found);
        found
    }

    fn character(&mut self) -> Option<char> {
        let Some(Lexeme::Char(character)) = self.peek() else { return None };
        self.next += 1;
        Some(*character)
    }

    fn escaped(&mut self) -> Option<char> {
        let Some(Lexeme::Escaped(character)) = self.peek() else { return None };
        self.next += 1;
        Some(*character)
    }

    fn modifier(&mut self) -> Option<Modifier> {
        let Some(Lexeme::Modifier(modifier)) = self.peek() else { return None };
        self.next += 1;
        Some(*modifier)
    }

    fn text(&mut self) -> String {
        std::iter::from_fn(|| self.character().or_else(|| self.escaped())).collect()
    }

    /// A name, an expression, or both; the expression with the place where it begins.
    fn param(&mut self) -> Option<(Option<&'a str>, Option<Expression<'a>>)> {
        let name = match self.peek() {
            Some(Lexeme::Name(name)) => {
                self.next += 1;
                Some(*name)
            }
            _ => None,
        };
        let regex = match self.peek() {
            Some(Lexeme::Regex(regex)) => {
                let start = self.here().start + 1;
                self.next += 1;
                Some((*regex, start))
            }
            _ => None,
        };
        (name.is_some() || regex.is_some()).then_some((name, regex))
    }

    fn value(
        &self,
        name: Option<&str>,
        regex: Option<Expression<'_>>,
        prefix: &str,
    ) -> Result<Option<Param>, PatternMistake> {
        let value = match (regex, self.side) {
            (Some((_, start)), Side::Destination) => {
                return Err(PatternMistake::new(
                    Code::Destination,
                    start - 1..start,
                    "a destination has names, no expressions",
                    "keep the expression in the source and only `:name` here; write `\\(` for a parenthesis",
                ));
            }
            (Some((regex, start)), Side::Source { .. }) => Value::Regex(
                Node::parse(regex, Groups::None)
                    .map_err(|mistake| PatternMistake::in_regex(mistake, start))?,
            ),
            (None, Side::Destination) => Value::Default { without: None },
            (None, Side::Source { delimiters }) => {
                Value::Default { without: self.text_before(prefix, delimiters)? }
            }
        };
        Ok(Some(Param { name: name.map(str::to_owned), value }))
    }

    /// The text that the value of a param may not hold, because it would not be seen where the param begins
    /// (PP-05); none where a delimiter parts the two.
    fn text_before(
        &self,
        prefix: &str,
        delimiters: &str,
    ) -> Result<Option<String>, PatternMistake> {
        let text = match self.tokens.last() {
            _ if !prefix.is_empty() => prefix,
            Some(Token::Text(text)) => text,
            Some(Token::Unit(_)) => {
                let at = self.lexemes.get(self.next.saturating_sub(1));
                return Err(PatternMistake::new(
                    Code::PatternParam,
                    at.map_or(self.end..self.end, |placed| placed.at.clone()),
                    "nothing parts this param from what is before it",
                    "put text between the two, like `/` or `-`",
                ));
            }
            None => return Ok(None),
        };
        Ok((!text.contains(|character| delimiters.contains(character))).then(|| text.to_owned()))
    }

    fn unclosed(&self, open: usize) -> PatternMistake {
        if self.next < self.lexemes.len() {
            return self.unexpected();
        }
        PatternMistake::new(
            Code::PatternSyntax,
            open..open + 1,
            "`{` is never closed",
            "close it, or write `\\{` for the character",
        )
    }

    fn unexpected(&self) -> PatternMistake {
        let (message, help) = match self.peek() {
            Some(Lexeme::Modifier(modifier)) => {
                let sign = modifier.sign();
                let help = match modifier {
                    Modifier::Any => "write `/:path*` for the rest of the path, `(.*)` for any text, or `\\*` for the character".to_owned(),
                    Modifier::Optional => "put `{…}` around what is optional, or write `\\?` for the character; a source has no query, see `has`".to_owned(),
                    Modifier::Some => "put it after a param, or write `\\+` for the character".to_owned(),
                };
                (format!("`{sign}` follows neither a param nor `{{…}}`"), help)
            }
            Some(Lexeme::Close) => (
                "`}` closes nothing".to_owned(),
                "remove it, or write `\\}` for the character".to_owned(),
            ),
            Some(Lexeme::Open) => (
                "braces cannot stand in braces".to_owned(),
                "close the first pair before, or write `\\{` for the character".to_owned(),
            ),
            _ => (
                "braces hold one param".to_owned(),
                "close them after it and open a second pair".to_owned(),
            ),
        };
        PatternMistake::new(Code::PatternSyntax, self.here(), message, help)
    }
}
