use std::ops::Range;

use super::{
    encoding,
    lexer::Modifier,
    mistake::PatternMistake,
    origin::{self, Origin},
    parser::{self, Side},
    pattern::{Captured, too_long},
    template::{Part, Piece, Slot, checked, split},
    token::Token,
};
use crate::Code;

/// What a destination is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestinationUse {
    /// The client is sent there.
    Redirect,
    /// The request is answered from there.
    Rewrite,
}

/// Where a redirect or a rewrite leads: a template, checked against what is captured.
///
/// ```
/// use bff_tree::path_pattern::{Destination, DestinationUse, Dialect, PathPattern, captured};
///
/// let source = PathPattern::parse("/old/:slug", Dialect::CONFIG)?;
/// let names = captured(&source, &[]);
/// assert!(Destination::parse("/news/:slug", DestinationUse::Redirect, &names).is_ok());
/// assert!(Destination::parse("/news/:slgu", DestinationUse::Redirect, &names).is_err());
/// # Ok::<(), bff_tree::path_pattern::PatternMistake>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// As it was written.
    pub text: String,
    /// What the path belongs to.
    pub origin: Origin,
    /// The path. Literal text is encoded.
    pub path: Vec<Piece>,
    /// The query, pair by pair.
    pub query: Vec<QueryPair>,
    /// The fragment, without `#` (DC-13).
    pub fragment: Option<Vec<Piece>>,
}

/// One pair of a destination's query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryPair {
    /// The decoded name, which replaces pairs of the request that have it too (DC-05).
    pub name: String,
    /// The name, encoded.
    pub written: String,
    /// The value; `None` when there is no `=`.
    pub value: Option<Vec<Piece>>,
}

impl Destination {
    /// Parses and checks a destination.
    ///
    /// In the path, a `?` right after a param is its modifier when the destination ends there or `/`, `?` or `#`
    /// follows; any other begins the query.
    ///
    /// # Errors
    /// The first mistake of rows VA-05, VA-06, VA-07, VA-14, DC-10 and DC-11, with its place.
    pub fn parse(
        text: &str,
        usage: DestinationUse,
        captured: &[Captured],
    ) -> Result<Self, PatternMistake> {
        too_long(text.chars().count(), text)?;
        let (origin, path_start) = origin::parse(text, captured)?;
        if usage == DestinationUse::Rewrite && origin.has_param() {
            return Err(wrong(
                0..path_start,
                "a param in the host lets the client choose which server is asked",
                "write the host out, or begin with a variable: `${NAME}/path`",
            ));
        }
        let (path_end, query_end) = ends(text, path_start);
        let path = path(text, path_start..path_end, captured)?;
        let query = match text.get(path_end + 1..query_end) {
            Some(_) => query(text, path_end + 1..query_end, captured)?,
            None => Vec::new(),
        };
        let fragment = match text.get(query_end + 1..) {
            Some(_) if usage == DestinationUse::Rewrite => {
                return Err(wrong(
                    query_end..text.len(),
                    "a fragment means nothing in a rewrite",
                    "remove it, or write `\\#` for the character",
                ));
            }
            Some(_) => {
                let range = query_end + 1..text.len();
                Some(simple(text, range, captured, encoding::fragment)?)
            }
            None => None,
        };
        Ok(Self { text: text.to_owned(), origin, path, query, fragment })
    }

    /// True when a captured value stands in host or path; a rewrite appends none to the query then (DC-06).
    pub fn uses_params_before_query(&self) -> bool {
        let authority: &[Piece] = match &self.origin {
            Origin::Absolute { authority, .. } => authority,
            Origin::Same | Origin::Variable(_) | Origin::Upstream(_) => &[],
        };
        self.path.iter().chain(authority).any(|piece| matches!(piece, Piece::Param { .. }))
    }
}

pub(super) fn wrong(at: Range<usize>, message: &str, help: &str) -> PatternMistake {
    PatternMistake::new(Code::Destination, at, message, help)
}

/// Where path and query end.
fn ends(text: &str, start: usize) -> (usize, usize) {
    let mut path_end = None;
    let mut after_param = false;
    let mut signs = text[start..].char_indices().map(|(at, sign)| (start + at, sign)).peekable();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' if path_end.is_none() => {
                signs.next();
                after_param = false;
            }
            '#' => return (path_end.unwrap_or(at), at),
            '?' if path_end.is_none() => {
                let modifier = after_param
                    && signs.peek().is_none_or(|&(_, next)| matches!(next, '/' | '?' | '#'));
                if !modifier {
                    path_end = Some(at);
                }
                after_param = false;
            }
            ':' | '}' => after_param = true,
            other => after_param &= other.is_ascii_alphanumeric() || other == '_',
        }
    }
    (path_end.unwrap_or(text.len()), text.len())
}

fn path(
    text: &str,
    range: Range<usize>,
    captured: &[Captured],
) -> Result<Vec<Piece>, PatternMistake> {
    let start = range.start;
    let shifted = |at: &Range<usize>| at.start + start..at.end + start;
    let tokens = parser::parse(&text[range.clone()], Side::Destination)
        .map_err(|mistake| PatternMistake { at: shifted(&mistake.at), ..mistake })?;
    let mut pieces = Vec::new();
    for token in &tokens {
        let unit = match token {
            Token::Text(text) => {
                pieces.push(Piece::Literal(encoding::path(text)));
                continue;
            }
            Token::Unit(unit) => unit,
        };
        let name = unit.param.as_ref().and_then(|param| param.name.as_deref());
        let Some(name) = name else {
            return Err(wrong(
                shifted(&unit.at),
                "the braces hold no param",
                "write the text without braces",
            ));
        };
        let modifier = unit.modifier.map(Modifier::sign);
        checked(name, modifier, Slot::Path, captured, shifted(&unit.at))?;
        let list = matches!(unit.modifier, Some(Modifier::Any | Modifier::Some));
        let (prefix, suffix) = (encoding::path(&unit.prefix), encoding::path(&unit.suffix));
        pieces.push(param(name, &prefix, &suffix, list));
    }
    if has_dot_segment(&pieces) {
        return Err(wrong(
            range,
            "the path holds `.` or `..` as a segment",
            "write the path that is meant",
        ));
    }
    Ok(pieces)
}

/// RFC 3986 section 5.2.4: nothing that a client or an upstream would resolve away.
fn has_dot_segment(pieces: &[Piece]) -> bool {
    let shown = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => text.replace("%2e", ".").replace("%2E", "."),
        Piece::Param { prefix, suffix, .. } => format!("{prefix}:{suffix}"),
    });
    shown.collect::<String>().split('/').any(|segment| matches!(segment, "." | ".."))
}

fn query(
    text: &str,
    range: Range<usize>,
    captured: &[Captured],
) -> Result<Vec<QueryPair>, PatternMistake> {
    let mut pairs = Vec::new();
    let mut start = range.start;
    for pair in text[range].split('&') {
        let end = start + pair.len();
        if !pair.is_empty() {
            let name = pair.split('=').next().unwrap_or(pair);
            let value_start = start + name.len() + 1;
            let value = match value_start <= end {
                true => Some(simple(text, value_start..end, captured, encoding::query)?),
                false => None,
            };
            pairs.push(QueryPair {
                name: encoding::form_decoded(name),
                written: encoding::query(name),
                value,
            });
        }
        start = end + 1;
    }
    Ok(pairs)
}

/// A query value or a fragment, where `:name` is the only syntax (DC-04). `:30` is a time, not a param.
fn simple(
    text: &str,
    range: Range<usize>,
    captured: &[Captured],
    encode: fn(&str) -> String,
) -> Result<Vec<Piece>, PatternMistake> {
    let known = |name: &str| captured.iter().any(|known| known.name == name);
    let is_param =
        |name: &str| known(name) || !name.starts_with(|first: char| first.is_ascii_digit());
    split(&text[range.clone()], is_param)
        .map(|part| match part {
            Part::Text(text) => Ok(Piece::Literal(encode(text))),
            Part::Param { name, modifier, at } => {
                let at = at.start + range.start..at.end + range.start;
                checked(name, modifier, Slot::QueryOrFragment, captured, at)?;
                Ok(param(name, "", "", matches!(modifier, Some('*' | '+'))))
            }
        })
        .collect()
}

pub(super) fn param(name: &str, prefix: &str, suffix: &str, list: bool) -> Piece {
    Piece::Param {
        name: name.to_owned(),
        prefix: prefix.to_owned(),
        suffix: suffix.to_owned(),
        list,
    }
}
