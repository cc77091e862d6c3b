use std::ops::Range;

use super::{
    destination::{param, wrong},
    mistake::PatternMistake,
    pattern::Captured,
    template::{Part, Piece, Slot, checked, split},
    variable::{Reference, Variable},
};

/// The part of a destination before its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// None: the path is one of this app.
    Same,
    /// `https://host:port`.
    Absolute {
        /// `http` or `https`.
        scheme: String,
        /// Host and port.
        authority: Vec<Piece>,
    },
    /// `${NAME}`: a URL or a path that is read when the server starts.
    Variable(Variable),
    /// `${upstreams.name}`: a destination that `[upstreams]` declares.
    Upstream(String),
}

impl Origin {
    /// True when a captured value stands in the host.
    pub(super) fn has_param(&self) -> bool {
        matches!(self, Self::Absolute { authority, .. }
            if authority.iter().any(|piece| matches!(piece, Piece::Param { .. })))
    }
}

/// What is before the path, and where the path begins.
pub(super) fn parse(text: &str, captured: &[Captured]) -> Result<(Origin, usize), PatternMistake> {
    if let Some((reference, end)) = Reference::at_start(text)? {
        if !text[end..].is_empty() && !text[end..].starts_with(['/', '?', '#']) {
            return Err(wrong(
                end..end + text[end..].chars().next().map_or(0, char::len_utf8),
                "the variable is a whole URL, so a path follows it",
                "put a `/` after it",
            ));
        }
        let origin = match reference {
            Reference::Variable(variable) => {
                if let Some(default) = &variable.default {
                    let start = "${".len() + variable.name.len() + ":-".len();
                    default_base(default, start..end - 1)?;
                }
                Origin::Variable(variable)
            }
            Reference::Upstream(name, _) => Origin::Upstream(name),
        };
        return Ok((origin, end));
    }
    if text.starts_with("//") || text.starts_with("/\\") {
        return Err(wrong(
            0..2,
            "a browser reads this as another host",
            "begin a path with one slash, another host with `https://`",
        ));
    }
    if text.starts_with('/') {
        return Ok((Origin::Same, 0));
    }
    let scheme = ["https", "http"]
        .into_iter()
        .find(|scheme| text.strip_prefix(scheme).is_some_and(|rest| rest.starts_with("://")));
    let Some(scheme) = scheme else {
        return Err(wrong(
            0..text.chars().next().map_or(0, char::len_utf8),
            "a destination begins with `/`, `https://`, `http://` or `${NAME}`",
            "put `/` before a path of this app, the scheme before a host",
        ));
    };
    let start = scheme.len() + 3;
    let end = text[start..].find(['/', '?', '#']).map_or(text.len(), |length| start + length);
    let authority = authority(text, start..end, captured)?;
    Ok((Origin::Absolute { scheme: scheme.to_owned(), authority }, end))
}

/// The default of a variable: nothing, a path, or a URL, as the variable itself has to be.
fn default_base(default: &str, at: Range<usize>) -> Result<(), PatternMistake> {
    if default.is_empty() {
        return Ok(());
    }
    base(default).map(|_| ()).map_err(|mistake| {
        let range = mistake.at.start + at.start..mistake.at.end + at.start;
        PatternMistake { at: range, ..mistake }
    })
}

/// What other paths can stand behind: a path, or a URL, without query and fragment. Also says where its path begins.
pub(crate) fn base(text: &str) -> Result<(Origin, usize), PatternMistake> {
    let (origin, start) = parse(text, &[])?;
    let path = &text[start..];
    if let Some(at) = path.find(['?', '#']) {
        return Err(wrong(
            start + at..start + at + 1,
            "this has a query or a fragment, and a path is to follow it",
            "remove it",
        ));
    }
    let inner = path.trim_end_matches('/');
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    if !inner.bytes().all(plain) || inner.contains("//") || has_dot_segment(inner) {
        return Err(wrong(
            start..text.len(),
            "this holds a path that cannot be used as it is",
            "write it as a URL has it: no empty and no dot segments, everything unusual escaped",
        ));
    }
    Ok((origin, start))
}

/// RFC 3986 section 5.2.4, also in escaped form.
fn has_dot_segment(path: &str) -> bool {
    let path = path.replace("%2e", ".").replace("%2E", ".");
    path.split('/').any(|segment| matches!(segment, "." | ".."))
}

/// Host and port (DC-03): names, digits, dots and hyphens, an address in brackets, params.
fn authority(
    text: &str,
    range: Range<usize>,
    captured: &[Captured],
) -> Result<Vec<Piece>, PatternMistake> {
    let host = &text[range.clone()];
    if host.contains('@') {
        return Err(wrong(range, "a destination cannot hold credentials", "send them in a header"));
    }
    // `:8080` at the end is a port, also where a param could have this name; in an address colons are colons.
    let end = match (host.rfind(':'), host.rfind(']')) {
        (_, Some(bracket)) => bracket + 1,
        (Some(colon), None) if host[colon + 1..].bytes().all(|byte| byte.is_ascii_digit()) => colon,
        _ => host.len(),
    };
    let (host, port) = host.split_at(end);
    let address = host.starts_with('[');
    let good = |byte: u8| {
        byte.is_ascii_alphanumeric() || b".-_".contains(&byte) || address && b"[:]".contains(&byte)
    };
    let mut pieces = Vec::new();
    for part in split(host, |_| !address) {
        match part {
            Part::Text(literal) if literal.bytes().all(good) => {
                pieces.push(Piece::Literal(literal.to_ascii_lowercase()));
            }
            Part::Text(_) => {
                return Err(wrong(
                    range,
                    "the host holds a character that no host has",
                    "use letters, digits, `-` and `.`; write another alphabet in its `xn--` form",
                ));
            }
            Part::Param { name, modifier, at } => {
                let at = at.start + range.start..at.end + range.start;
                checked(name, modifier, Slot::Host, captured, at)?;
                pieces.push(param(name, "", "", false));
            }
        }
    }
    if pieces.is_empty()
        || port.len() == 1
        || port.get(1..).is_some_and(|port| port.parse::<u16>().is_err())
    {
        return Err(wrong(
            range,
            "host or port is missing",
            "write `https://host/` or `https://host:8080/`",
        ));
    }
    if !port.is_empty() {
        pieces.push(Piece::Literal(port.to_owned()));
    }
    Ok(pieces)
}
