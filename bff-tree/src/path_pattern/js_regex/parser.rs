use std::ops::Range;

use super::{
    Class, Node, RegexMistake,
    escape::{Escape, word_boundary},
};

/// Whether named groups may stand in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Groups {
    /// In a condition, where `(?<name>…)` captures (HM-07).
    Named,
    /// In a path pattern, where the param around the expression has the name.
    None,
}

/// The most characters and classes, with counted repetitions written out.
const MAX_SIZE: usize = 10_000;

pub(super) fn parse(text: &str, groups: Groups) -> Result<Node, RegexMistake> {
    let mut parser = Parser { text, at: 0, depth: 0, looks: 0, groups, names: Vec::new() };
    let node = parser.alternatives()?;
    if parser.peek().is_some() {
        return Err(parser.mistake(
            parser.at..parser.at + 1,
            "`)` closes nothing",
            "remove it, or write `\\)` for the character",
        ));
    }
    if node.size() > MAX_SIZE {
        return Err(RegexMistake {
            too_large: true,
            ..parser.mistake(
                0..text.len(),
                "the expression is too large",
                "lower the counts in its braces",
            )
        });
    }
    Ok(node)
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// How many groups are open.
    pub(super) depth: usize,
    /// How many look-arounds are open.
    pub(super) looks: usize,
    pub(super) groups: Groups,
    pub(super) names: Vec<String>,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    pub(super) fn eat(&mut self, token: &str) -> bool {
        let found = self.text[self.at..].starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    pub(super) fn mistake(
        &self,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> RegexMistake {
        RegexMistake { at, message: message.into(), help: help.into(), too_large: false }
    }

    /// From `start` to here.
    pub(super) fn wrong(
        &self,
        start: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> RegexMistake {
        self.mistake(start..self.at, message, help)
    }

    pub(super) fn alternatives(&mut self) -> Result<Node, RegexMistake> {
        let mut branches = vec![self.sequence()?];
        while self.eat("|") {
            branches.push(self.sequence()?);
        }
        Ok(match branches.pop() {
            Some(only) if branches.is_empty() => only,
            last => {
                branches.extend(last);
                Node::Either(branches)
            }
        })
    }

    fn sequence(&mut self) -> Result<Node, RegexMistake> {
        let mut nodes = Vec::new();
        while self.peek().is_some_and(|next| !matches!(next, '|' | ')')) {
            let start = self.at;
            let node = self.unit()?;
            nodes.push(self.quantified(node, start)?);
        }
        Ok(Node::Concat(nodes))
    }

    fn unit(&mut self) -> Result<Node, RegexMistake> {
        let start = self.at;
        Ok(match self.next() {
            None => Node::empty(),
            Some('(') => self.group(start)?,
            Some('[') => Node::Class(self.class(start)?),
            Some('.') => Node::Class(Class::any()),
            Some('^') => Node::Start,
            Some('$') => Node::End,
            Some('\\') => match self.escape(start)? {
                Escape::Char(character) => Node::Char(character),
                Escape::Class(class) => Node::Class(class),
                Escape::WordBoundary(is) => word_boundary(is),
            },
            Some(sign @ ('*' | '+' | '?')) => {
                return Err(self.wrong(
                    start,
                    format!("`{sign}` has nothing to repeat"),
                    format!("put it after a character or a group, or write `\\{sign}`"),
                ));
            }
            Some('{') => {
                return Err(self.wrong(
                    start,
                    "`{` is neither a count nor escaped",
                    "write `\\{` for the character, `{2}`, `{2,}` or `{2,5}` after what is counted",
                ));
            }
            Some(literal) => Node::Char(literal),
        })
    }
}
