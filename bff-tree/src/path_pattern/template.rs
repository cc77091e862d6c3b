use std::ops::Range;

use super::{condition::is_token, lexer::name_at, mistake::PatternMistake, pattern::Captured};
use crate::{Code, suggest};

/// A part of a destination or of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it goes out.
    Literal(String),
    /// What was captured under this name.
    Param {
        /// Of the source or of a condition.
        name: String,
        /// What comes before the value, or before each item.
        prefix: String,
        /// What comes after the value, or after each item.
        suffix: String,
        /// Each item is inserted, with prefix and suffix; otherwise all is one value.
        list: bool,
    },
}

/// The name or the value of a header, with params in it (HD-03, DC-12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderTemplate {
    /// Its parts. The items of a list are joined by `/`.
    pub pieces: Vec<Piece>,
}

impl HeaderTemplate {
    /// Parses the name of a header.
    ///
    /// # Errors
    /// When the text around the params cannot stand in a name (RFC 9110 section 5.1).
    pub fn name(text: &str, captured: &[Captured]) -> Result<Self, PatternMistake> {
        let pieces = simple(text, captured);
        for piece in &pieces {
            if let Piece::Literal(literal) = piece
                && !literal.bytes().all(is_token)
            {
                return Err(PatternMistake::new(
                    Code::HeaderTemplate,
                    0..text.len(),
                    "no header can have this name",
                    "use letters, digits and `-`, and `:name` only for what the source or `has` captures",
                ));
            }
        }
        if pieces.is_empty() {
            return Err(PatternMistake::new(
                Code::HeaderTemplate,
                0..0,
                "a header has no name",
                "name it",
            ));
        }
        Ok(Self { pieces })
    }

    /// Parses the value of a header. A colon before anything but a captured name is a colon.
    ///
    /// # Errors
    /// When the text holds a character that no header value may have (RFC 9110 section 5.5).
    pub fn value(text: &str, captured: &[Captured]) -> Result<Self, PatternMistake> {
        if let Some((at, bad)) = text.char_indices().find(|(_, character)| {
            character.is_control() && *character != '\t' || !character.is_ascii()
        }) {
            return Err(PatternMistake::new(
                Code::HeaderTemplate,
                at..at + bad.len_utf8(),
                "a header value cannot hold this character",
                "use printable ASCII; encode anything else",
            ));
        }
        // Sent as it stands, it would look as if it worked.
        let variable = text.match_indices("${").find_map(|(at, _)| {
            let name = text[at + 2..].split('}').next()?;
            let end = at + 2 + name.len() + 1;
            let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            (end <= text.len() && !name.is_empty() && name.bytes().all(word)).then_some(at..end)
        });
        if let Some(at) = variable {
            return Err(PatternMistake::new(
                Code::HeaderTemplate,
                at,
                "variables are read in destinations, not in headers",
                "set a header that depends on where the app runs in code",
            ));
        }
        Ok(Self { pieces: simple(text, captured) })
    }
}

/// Text in which `:name` with an optional modifier is the only syntax, for captured names alone.
fn simple(text: &str, captured: &[Captured]) -> Vec<Piece> {
    split(text, |name| captured.iter().any(|known| known.name == name))
        .map(|part| match part {
            Part::Text(text) => Piece::Literal(text.to_owned()),
            Part::Param { name, .. } => Piece::Param {
                name: name.to_owned(),
                prefix: String::new(),
                suffix: String::new(),
                list: false,
            },
        })
        .collect()
}

/// A part of a simple template.
pub(super) enum Part<'a> {
    Text(&'a str),
    Param { name: &'a str, modifier: Option<char>, at: Range<usize> },
}

/// Splits a simple template at the params that `is_param` admits.
pub(super) fn split<'a>(
    text: &'a str,
    is_param: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = Part<'a>> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        if rest.is_empty() {
            return None;
        }
        let param = |colon: usize| {
            let name = name_at(text, colon + 1);
            (!name.is_empty() && is_param(name)).then_some(name)
        };
        let start = at;
        if rest.starts_with(':')
            && let Some(name) = param(at)
        {
            at += 1 + name.len();
            let modifier = text[at..].chars().next().filter(|sign| matches!(sign, '?' | '*' | '+'));
            at += modifier.map_or(0, char::len_utf8);
            return Some(Part::Param { name, modifier, at: start..at });
        }
        let next = rest
            .match_indices(':')
            .map(|(colon, _)| start + colon)
            .skip_while(|&colon| colon == start);
        at = next.into_iter().find(|&colon| param(colon).is_some()).unwrap_or(text.len());
        Some(Part::Text(&text[start..at]))
    })
}

/// Where a param stands, which decides what it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Host,
    Path,
    QueryOrFragment,
}

/// Checks the use of a name against what is captured (VA-06, VA-07, DC-10, DC-11).
pub(super) fn checked(
    name: &str,
    modifier: Option<char>,
    slot: Slot,
    captured: &[Captured],
    at: Range<usize>,
) -> Result<(), PatternMistake> {
    let Some(known) = captured.iter().find(|known| known.name == name) else {
        return Err(unknown(name, captured, at));
    };
    let wrong = |message: String, help: String| {
        Err(PatternMistake::new(Code::DestinationParam, at.clone(), message, help))
    };
    let repeats = matches!(modifier, Some('*' | '+'));
    let may_be_absent = matches!(modifier, Some('*' | '?'));
    if slot == Slot::Host && (known.list || known.slashes || known.optional) {
        return wrong(
            format!("`:{name}` cannot be a part of a host"),
            "a host takes a param that is always there and holds no slash, like `:name`".to_owned(),
        );
    }
    if slot == Slot::Host && modifier.is_some() {
        return wrong(format!("`:{name}` has a modifier in a host"), format!("write `:{name}`"));
    }
    let sign = if known.optional { '*' } else { '+' };
    if known.list && !repeats {
        return wrong(
            format!("`:{name}` is a list in the source and a single value here"),
            format!("write `:{name}{sign}`"),
        );
    }
    if known.slashes && !repeats && slot == Slot::Path {
        return wrong(
            format!("`:{name}` may hold slashes, and a single value is one path segment"),
            format!("write `:{name}{sign}`, or `:{name}([^/]+)` in the source"),
        );
    }
    if known.optional && !may_be_absent {
        return wrong(
            format!("`:{name}` may be absent, and is required here"),
            format!("write `:{name}{}`", if known.list || known.slashes { '*' } else { '?' }),
        );
    }
    Ok(())
}

fn unknown(name: &str, captured: &[Captured], at: Range<usize>) -> PatternMistake {
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        return PatternMistake::new(
            Code::DestinationParam,
            at,
            format!("`:{name}` has no name, so it cannot be used"),
            format!(
                "name the param in the source, `:name(…)`, and write `:name` here; or write `\\:{name}` for the text"
            ),
        );
    }
    let names: Vec<&str> = captured.iter().map(|known| &*known.name).collect();
    let help = match suggest::nearest(name, names.iter().copied()) {
        Some(nearest) => format!("did you mean `:{nearest}`?"),
        None if names.is_empty() => {
            "capture it in the source, like `/:name`, or in `has`".to_owned()
        }
        None => format!("there are `:{}`", names.join("`, `:")),
    };
    PatternMistake::new(
        Code::DestinationParam,
        at,
        format!("neither the source nor `has` captures `{name}`"),
        help,
    )
}
