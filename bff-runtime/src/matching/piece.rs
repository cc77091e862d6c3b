use super::{
    captures::{Captures, Value},
    encode,
    error::Refused,
};

/// A part of a template as the build has compiled it.
#[derive(Clone, Copy, Debug)]
pub enum Piece {
    /// Text as it goes out.
    Literal(&'static str),
    /// What was captured under this name; nothing when it is absent, which the build admits only where the
    /// template says so (DC-11).
    Param {
        /// The name.
        name: &'static str,
        /// What comes before the value, or before each item.
        prefix: &'static str,
        /// What comes after the value, or after each item.
        suffix: &'static str,
        /// Each item is inserted, with prefix and suffix.
        list: bool,
    },
}

/// Each value is one segment, each item of a list too (DC-02, DC-14).
pub(super) fn path(pieces: &[Piece], captures: &Captures<'_>, out: &mut String) {
    for piece in pieces {
        let (name, prefix, suffix, list) = match *piece {
            Piece::Literal(text) => {
                out.push_str(text);
                continue;
            }
            Piece::Param { name, prefix, suffix, list } => (name, prefix, suffix, list),
        };
        let Some(value) = captures.get(name) else { continue };
        let items = if list { value.items() } else { vec![value.text()] };
        for item in items {
            out.push_str(prefix);
            encode::segment(item, value.is_encoded(), out);
            out.push_str(suffix);
        }
    }
}

/// One value of a query, or a fragment; a list is joined by `/` (DC-04).
pub(super) fn query_value(pieces: &[Piece], captures: &Captures<'_>) -> String {
    let mut out = String::new();
    for piece in pieces {
        match *piece {
            Piece::Literal(text) => out.push_str(text),
            Piece::Param { name, list, .. } => {
                let Some(value) = captures.get(name) else { continue };
                let text = joined(value, list);
                encode::query_value(&text, value.is_encoded(), &mut out);
            }
        }
    }
    out
}

/// A host. A value that could end it, or make another of it, is refused (DC-03).
pub(super) fn host(pieces: &[Piece], captures: &Captures<'_>) -> Result<String, Refused> {
    let mut out = String::new();
    for piece in pieces {
        match *piece {
            Piece::Literal(text) => out.push_str(text),
            Piece::Param { name, .. } => {
                let value = captures.get(name).map_or("", Value::text);
                let good = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
                let labels = value.split('.').all(|label| !label.is_empty());
                if !labels || !value.bytes().all(good) {
                    return Err(Refused::Host);
                }
                out.push_str(&value.to_ascii_lowercase());
            }
        }
    }
    Ok(out)
}

/// The text of a header; a list is joined by `/` (DC-12).
pub(super) fn text(pieces: &[Piece], captures: &Captures<'_>) -> String {
    let mut out = String::new();
    for piece in pieces {
        match *piece {
            Piece::Literal(text) => out.push_str(text),
            Piece::Param { name, .. } => {
                if let Some(value) = captures.get(name) {
                    out.push_str(&joined(value, matches!(value, Value::Paths(..))));
                }
            }
        }
    }
    out
}

fn joined(value: &Value<'_>, list: bool) -> String {
    if list { value.items().join("/") } else { value.text().to_owned() }
}
