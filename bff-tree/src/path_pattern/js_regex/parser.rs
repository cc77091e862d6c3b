use std::ops::Range;

use super::{Class, Node, RegexMistake};

/// Whether named groups may stand in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Groups {
    /// In a condition, where `(?<name>…)` captures (HM-07).
    Named,
    /// In a path pattern, where the param around the expression has the name.
    None,
}

/// Deeper than any expression that a person writes, and no danger to the stack.
const MAX_DEPTH: usize = 40;
/// The most that a counted repetition may ask for.
const MAX_COUNT: u32 = 1000;
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

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// How many look-arounds are open.
    looks: usize,
    groups: Groups,
    names: Vec<String>,
}

/// One unit of an expression; a class can hold the former two.
enum Escape {
    Char(char),
    Class(Class),
    WordBoundary(bool),
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.text[self.at..].starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn mistake(
        &self,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> RegexMistake {
        RegexMistake { at, message: message.into(), help: help.into(), too_large: false }
    }

    /// From `start` to here.
    fn wrong(
        &self,
        start: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> RegexMistake {
        self.mistake(start..self.at, message, help)
    }

    fn alternatives(&mut self) -> Result<Node, RegexMistake> {
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

    fn group(&mut self, start: usize) -> Result<Node, RegexMistake> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.wrong(start, "the groups are nested too deeply", "simplify it"));
        }
        let node = if self.eat("?:") {
            Node::Group(Box::new(self.inner(start)?))
        } else if self.eat("?=") {
            self.look(start, false, false)?
        } else if self.eat("?!") {
            self.look(start, false, true)?
        } else if self.eat("?<=") {
            self.look(start, true, false)?
        } else if self.eat("?<!") {
            self.look(start, true, true)?
        } else if self.eat("?<") {
            self.named(start)?
        } else if self.eat("?") {
            self.next();
            return Err(self.wrong(
                start,
                "this kind of group does not exist in both JavaScript and Rust",
                "use `(?:…)`, `(?=…)`, `(?!…)`, `(?<=…)` or `(?<!…)`",
            ));
        } else if self.groups == Groups::Named {
            // HM-07: groups without a name capture nothing.
            Node::Group(Box::new(self.inner(start)?))
        } else {
            return Err(self.wrong(start, "a group in a group captures", "write `(?:…)`"));
        };
        self.depth -= 1;
        Ok(node)
    }

    fn inner(&mut self, start: usize) -> Result<Node, RegexMistake> {
        let node = self.alternatives()?;
        if self.eat(")") {
            Ok(node)
        } else {
            Err(self.mistake(
                start..start + 1,
                "`(` is never closed",
                "close it, or write `\\(` for the character",
            ))
        }
    }

    fn look(&mut self, start: usize, behind: bool, negative: bool) -> Result<Node, RegexMistake> {
        self.looks += 1;
        let node = self.inner(start)?;
        self.looks -= 1;
        if behind && !node.has_fixed_width() {
            return Err(self.wrong(
                start,
                "a look-behind must know how far to look",
                "give each of its alternatives a fixed length, without `*`, `+`, `?` and look-around",
            ));
        }
        Ok(Node::Look { behind, negative, node: Box::new(node) })
    }

    fn named(&mut self, start: usize) -> Result<Node, RegexMistake> {
        let begin = self.at;
        while self.peek().is_some_and(|next| next.is_ascii_alphanumeric() || next == '_') {
            self.next();
        }
        let name = self.text[begin..self.at].to_owned();
        if name.is_empty()
            || name.starts_with(|first: char| first.is_ascii_digit())
            || !self.eat(">")
        {
            return Err(self.wrong(
                start,
                "the name of a group is letters, digits and `_`, beginning with a letter",
                "write `(?<name>…)`",
            ));
        }
        if self.groups == Groups::None {
            return Err(self.wrong(
                start,
                format!("`{name}` is a named group inside a param"),
                format!("name the param instead, `:{name}(…)`, or write `(?:…)`"),
            ));
        }
        if self.looks > 0 {
            return Err(self.wrong(
                start,
                format!("`{name}` would capture inside a look-around"),
                "write `(?:…)` there",
            ));
        }
        if self.names.contains(&name) {
            return Err(self.wrong(
                start,
                format!("two groups are named `{name}`"),
                "give each its own name",
            ));
        }
        self.names.push(name.clone());
        Ok(Node::Capture(Some(name), Box::new(self.inner(start)?)))
    }

    fn quantified(&mut self, node: Node, start: usize) -> Result<Node, RegexMistake> {
        let begin = self.at;
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(node, start),
            _ => return Ok(node),
        };
        self.next();
        self.repeat(node, (min, max), start, begin)
    }

    fn counted(&mut self, node: Node, start: usize) -> Result<Node, RegexMistake> {
        let begin = self.at;
        let end = self.text[begin..].find('}').map(|length| begin + length);
        let inner = end.map(|end| &self.text[begin + 1..end]);
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| digits.parse::<u32>().unwrap_or(u32::MAX))
        };
        let counts = inner.and_then(|inner| match inner.split_once(',') {
            None => number(inner).map(|count| (count, Some(count))),
            Some((min, "")) => number(min).map(|min| (min, None)),
            Some((min, max)) => Some((number(min)?, Some(number(max)?))),
        });
        let (Some((min, max)), Some(end)) = (counts, end) else {
            self.next();
            return Err(self.wrong(
                begin,
                "`{` is neither a count nor escaped",
                "write `\\{` for the character, `{2}`, `{2,}` or `{2,5}` after what is counted",
            ));
        };
        self.at = end + 1;
        if max.is_some_and(|max| max < min) {
            return Err(self.wrong(
                begin,
                "the counts are in the wrong order",
                "put the lower one first",
            ));
        }
        if min.max(max.unwrap_or(0)) > MAX_COUNT {
            return Err(RegexMistake {
                too_large: true,
                ..self.wrong(begin, "the count is too high", format!("use at most {MAX_COUNT}"))
            });
        }
        self.repeat(node, (min, max), start, begin)
    }

    fn repeat(
        &mut self,
        node: Node,
        (min, max): (u32, Option<u32>),
        start: usize,
        begin: usize,
    ) -> Result<Node, RegexMistake> {
        let lazy = self.eat("?");
        if node.takes_nothing() {
            return Err(self.wrong(
                start,
                "what is repeated here takes no character",
                "remove the quantifier",
            ));
        }
        if matches!(self.peek(), Some('*' | '+' | '?' | '{')) {
            self.next();
            return Err(self.wrong(begin, "two quantifiers follow each other", "keep one of them"));
        }
        // JavaScript forgets a group when its repetition starts anew, Rust does not.
        if max != Some(1) && !node.names().is_empty() {
            return Err(self.wrong(
                start,
                "a named group is repeated, and which repetition it captures is not defined",
                "put the group around the repetition",
            ));
        }
        Ok(node.repeated(min, max, lazy))
    }

    fn class(&mut self, start: usize) -> Result<Class, RegexMistake> {
        let negated = self.eat("^");
        if self.peek() == Some(']') {
            self.next();
            return Err(self.wrong(
                start,
                "the class is empty",
                "name its characters; write `[\\s\\S]` for any character",
            ));
        }
        let mut class = Class::default();
        loop {
            let begin = self.at;
            let first = match self.class_unit(start)? {
                None => break,
                Some(first) => first,
            };
            let rest = &self.text[self.at..];
            if !rest.starts_with('-') || rest.starts_with("-]") {
                match first {
                    Escape::Char(character) => class.add(character, character),
                    Escape::Class(inner) => class.add_all(&inner),
                    Escape::WordBoundary(_) => {}
                }
                continue;
            }
            self.next();
            match (first, self.class_unit(start)?) {
                (Escape::Char(first), Some(Escape::Char(last))) if first <= last => {
                    class.add(first, last);
                }
                _ => {
                    return Err(self.wrong(
                        begin,
                        "this is no range of characters",
                        "put the lower character first, and write `\\-` for a hyphen",
                    ));
                }
            }
        }
        Ok(if negated { class.negated() } else { class })
    }

    /// A character or a shorthand in a class; `None` at its end.
    fn class_unit(&mut self, start: usize) -> Result<Option<Escape>, RegexMistake> {
        let begin = self.at;
        match self.next() {
            None => Err(self.mistake(
                start..start + 1,
                "`[` is never closed",
                "close it; in a path pattern a `)` in brackets must be written `\\)`",
            )),
            Some(']') => Ok(None),
            Some('\\') => match self.escape(begin)? {
                Escape::WordBoundary(_) => Err(self.wrong(
                    begin,
                    "`\\b` is a backspace in brackets",
                    "write `\\x08` if that is meant",
                )),
                escape => Ok(Some(escape)),
            },
            Some(character) => Ok(Some(Escape::Char(character))),
        }
    }

    fn escape(&mut self, start: usize) -> Result<Escape, RegexMistake> {
        let Some(character) = self.next() else {
            return Err(self.wrong(start, "`\\` escapes nothing", "write `\\\\` for a backslash"));
        };
        if let Some(class) = Class::shorthand(character) {
            return Ok(Escape::Class(class));
        }
        Ok(Escape::Char(match character {
            'b' => return Ok(Escape::WordBoundary(true)),
            'B' => return Ok(Escape::WordBoundary(false)),
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'x' => self.code(start, 2)?,
            'u' => self.code(start, 4)?,
            '1'..='9' | 'k' => {
                return Err(self.wrong(
                    start,
                    "back-references are not supported, because their matching time has no bound",
                    "repeat the expression instead",
                ));
            }
            letter if letter.is_ascii_alphanumeric() => {
                return Err(self.wrong(
                    start,
                    format!("`\\{letter}` is not an escape that JavaScript and Rust read alike"),
                    format!("write `{letter}` for the character"),
                ));
            }
            other => other,
        }))
    }

    fn code(&mut self, start: usize, digits: usize) -> Result<char, RegexMistake> {
        let code = self.text[self.at..].get(..digits);
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let character =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match character {
            Some(character) => {
                self.at += digits;
                Ok(character)
            }
            None => Err(self.wrong(
                start,
                format!("the escape needs {digits} hexadecimal digits of a character"),
                "write the character itself",
            )),
        }
    }
}

/// `\b` without the engines' own, which know Unicode words: a change between word and no word.
fn word_boundary(is: bool) -> Node {
    let look = |behind, negative| Node::Look {
        behind,
        negative,
        node: Box::new(Node::Class(Class::word())),
    };
    let change = |before: bool| Node::Concat(vec![look(true, !before), look(false, before == is)]);
    Node::Group(Box::new(Node::Either(vec![change(true), change(false)])))
}
