use std::ops::Range;

use super::{destination::wrong, mistake::PatternMistake};
use crate::suggest;

/// `${NAME}` or `${NAME:-default}`: a text that is read when the server starts (CF-04).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name in the environment.
    pub name: String,
    /// What stands for it when it is not set, or empty.
    pub default: Option<String>,
}

/// What `${…}` refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// The environment.
    Variable(Variable),
    /// `${upstreams.name}`: a destination that is declared in the same file, and where its name stands.
    Upstream(String, Range<usize>),
}

/// The table that `${upstreams.name}` refers to.
const UPSTREAMS: &str = "upstreams";

impl Reference {
    /// Reads what a text begins with, and says where it ends; `None` when it does not begin with `${`.
    pub(crate) fn at_start(text: &str) -> Result<Option<(Self, usize)>, PatternMistake> {
        let Some(inner) = text.strip_prefix("${") else { return Ok(None) };
        let Some(length) = inner.find('}') else {
            return Err(wrong(0..2, "the closing brace is missing", "write `${NAME}`"));
        };
        let (inner, end) = (&inner[..length], 2 + length + 1);
        let (name, default) = match inner.split_once(":-") {
            Some((name, default)) => (name, Some(default)),
            None => (inner, None),
        };
        if let Some(at) = inner.find("${") {
            return Err(wrong(
                2 + at..2 + at + 2,
                "a default is plain text, and this is another variable",
                "write what the default is, `${NAME:-https://example.com}`",
            ));
        }
        if let (Some((table, upstream)), None) = (name.split_once('.'), default) {
            let at = 2 + table.len() + 1..end - 1;
            if table == UPSTREAMS && !upstream.is_empty() {
                return Ok(Some((Self::Upstream(upstream.to_owned(), at), end)));
            }
            let help = match suggest::nearest(table, [UPSTREAMS]) {
                Some(_) => format!("write `${{upstreams.{upstream}}}`"),
                None => "write `${NAME}` for a variable, `${upstreams.name}` for an entry of `[upstreams]`".to_owned(),
            };
            return Err(wrong(2..end - 1, "this names neither a variable nor an upstream", &help));
        }
        if name.is_empty() {
            return Err(wrong(0..2, "the name of the variable is missing", "write `${NAME}`"));
        }
        if let Some(at) = name.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_') {
            let sign = name[at..].chars().next().map_or(0, char::len_utf8);
            return Err(wrong(
                2 + at..2 + at + sign,
                "the name of a variable has letters, digits and `_`",
                "write `${NAME}`, or `${NAME:-default}`",
            ));
        }
        let (name, default) = (name.to_owned(), default.map(str::to_owned));
        Ok(Some((Self::Variable(Variable { name, default }), end)))
    }
}
