//! The text of one `.env` file → its definitions. Knows no other file and no variable's meaning.
//!
//! The grammar is the one of the npm package `dotenv`, which the model uses (row EV-03), with one
//! difference: a line that `dotenv` would drop in silence, or read with its quotes, is reported.
//!
//! ```text
//! line  = [name-part [value]] ["#" comment]
//! name-part = ["export" space] name (space* "=" | ":" space)
//! name  = 1*(ALPHA / DIGIT / "_" / "." / "-")
//! value = "'" … "'" | '"' … '"' | "`" … "`"      over several lines, if need be
//!       | anything up to "#" or the end of the line, trimmed
//! ```

/// One definition, not yet expanded.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Definition<'a> {
    pub(super) name: &'a str,
    pub(super) value: String,
    /// Whether `$NAME` in the value is a reference; it is not in single quotes.
    pub(super) expands: bool,
    /// The line where it begins, counted from 1.
    pub(super) line: usize,
}

/// A line that is no definition, and why. It holds no part of the line, which may be a secret.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    pub(super) line: usize,
    pub(super) cause: &'static str,
}

/// Reads the whole text. Lines end with `\n`; see [`unify_newlines`].
pub(super) fn parse(text: &str) -> Vec<Result<Definition<'_>, Malformed>> {
    let mut found = Vec::new();
    // JavaScript counts a byte order mark as white space, so the model skips it too.
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut line = 1;
    while !rest.is_empty() {
        let end_of_line = rest.find('\n').unwrap_or(rest.len());
        let length = match definition(rest, end_of_line, line) {
            Ok(None) => end_of_line,
            Ok(Some((definition, length))) => {
                found.push(Ok(definition));
                length
            }
            // The next line is the safest place to go on, also after an open quote: otherwise
            // everything up to the next quote would be lost.
            Err(cause) => {
                found.push(Err(Malformed { line, cause }));
                end_of_line
            }
        };
        let (done, after) = rest.split_at(length);
        line += done.bytes().filter(|&byte| byte == b'\n').count() + 1;
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    found
}

/// Turns `\r\n` and `\r` into `\n`, within quotes as well, so that a value does not depend on the
/// editor that saved the file.
pub(super) fn unify_newlines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// The definition at the start of `text` and its length up to the end of its last line, or `None`
/// for a line that is blank or a comment.
fn definition(
    text: &str,
    end_of_line: usize,
    line: usize,
) -> Result<Option<(Definition<'_>, usize)>, &'static str> {
    let first_line = text[..end_of_line].trim_start();
    if is_blank(first_line) {
        return Ok(None);
    }
    let (name, after) = name(first_line)?;
    let value = after.trim_start();
    // `value` is the tail of the first line, so this is where it begins in `text`.
    let start = end_of_line - value.len();
    let Some(quote) = value.chars().next().filter(|first| matches!(first, '"' | '\'' | '`')) else {
        let value = value.split('#').next().unwrap_or_default().trim_end().to_owned();
        return Ok(Some((Definition { name, value, expands: true, line }, end_of_line)));
    };
    let (value, length) = match closed(&text[start + 1..], quote) {
        Some((value, length)) => (value, start + 1 + length),
        None => (quoted_line(value, quote)?, end_of_line),
    };
    let value = match quote {
        '"' => value.replace("\\n", "\n").replace("\\r", "\r"),
        _ => value.to_owned(),
    };
    Ok(Some((Definition { name, value, expands: quote != '\'', line }, length)))
}

/// Splits `export NAME = value` into the name and what follows the separator.
fn name(line: &str) -> Result<(&str, &str), &'static str> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-".contains(byte);
    let split = |line: &str| line.bytes().take_while(|byte| is_name(byte)).count();

    let mut line = line;
    if let Some(after) = line.strip_prefix("export")
        && after.starts_with(char::is_whitespace)
        && split(after.trim_start()) > 0
    {
        line = after.trim_start();
    }
    let (name, after) = line.split_at(split(line));
    if name.is_empty() {
        return Err("no variable name at the start of the line");
    }
    // `NAME: value` is what people write who come from YAML; `dotenv` reads it too.
    if let Some(value) = after.strip_prefix(':').filter(|value| value.starts_with([' ', '\t'])) {
        return Ok((name, value));
    }
    match after.trim_start().strip_prefix('=') {
        Some(value) => Ok((name, value)),
        None => Err("no `=` after the variable name"),
    }
}

/// What stands before the closing quote, and the length up to the end of that line. A quote behind
/// a backslash does not close, and nothing but a comment may follow the one that does.
fn closed(text: &str, quote: char) -> Option<(&str, usize)> {
    let mut escaped = false;
    let close = text.char_indices().find_map(|(at, character)| {
        let closes = character == quote && !escaped;
        escaped = character == '\\';
        closes.then_some(at)
    })?;
    let tail = &text[close + 1..];
    let tail = &tail[..tail.find('\n').unwrap_or(tail.len())];
    is_blank(tail).then_some((&text[..close], close + 1 + tail.len()))
}

/// The second reading of a value that begins with a quote, as in the model: the quotes around the
/// line. It is the one that admits `"C:\dir\"`, where the backslash was not meant for the quote.
fn quoted_line(value: &str, quote: char) -> Result<&str, &'static str> {
    let line = value.split('#').next().unwrap_or_default().trim_end();
    let inner = line.strip_prefix(quote).and_then(|line| line.strip_suffix(quote));
    inner.ok_or("the value begins with a quote but does not end with it")
}

fn is_blank(text: &str) -> bool {
    let text = text.trim_start();
    text.is_empty() || text.starts_with('#')
}
