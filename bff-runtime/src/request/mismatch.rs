//! The words for a value that is well formed and not what was expected.
//!
//! serde speaks to Rust programmers: `invalid type: map, expected struct Post`. A client is told where the value is,
//! what is expected in the words of JSON, and no name of a Rust type; nor is what it sent sent back to it.

use http::StatusCode;
use serde_json::json;

use super::pointer::Pointer;
use crate::Problem;

const NOT_ALLOWED: &str = "the value is not allowed";

/// What is wrong with one value, and where it is.
#[derive(Debug)]
pub(super) struct Mismatch {
    pointer: Pointer,
    detail: String,
    /// The value is there twice: that is ambiguous, while everything else is a matter of the schema.
    pub(super) is_ambiguous: bool,
}

impl Mismatch {
    pub(super) fn new(pointer: Pointer, detail: impl Into<String>) -> Self {
        Self { pointer, detail: detail.into(), is_ambiguous: false }
    }

    /// Reads a message of serde, without the place in the text; `pointer` is where serde was.
    #[cold]
    pub(super) fn of_serde(message: &str, mut pointer: Pointer) -> Self {
        let mut is_ambiguous = false;
        let detail = if let Some(field) = quoted(message, "missing field ") {
            pointer.push(field);
            "the field is missing".to_owned()
        } else if let Some(field) = quoted(message, "duplicate field ") {
            is_ambiguous = true;
            if !pointer.ends_with(field) {
                pointer.push(field);
            }
            "the field is there more than once".to_owned()
        } else if let Some(field) = quoted(message, "unknown field ") {
            if !pointer.ends_with(field) {
                pointer.push(field);
            }
            unknown("the field is unknown", message)
        } else if message.starts_with("unknown variant ") {
            unknown(NOT_ALLOWED, message)
        } else if message.starts_with("invalid type: ") {
            expected("the value has the wrong type", message)
        } else if message.starts_with("invalid value: ") {
            expected(NOT_ALLOWED, message)
        } else if message.starts_with("invalid length ") {
            expected("the value has the wrong length", message)
        } else {
            translated(message).or_else(|| own_words(message)).unwrap_or(NOT_ALLOWED).to_owned()
        };
        Self { pointer, detail, is_ambiguous }
    }

    /// A problem of this alone. Its detail says the same in one line, for clients that read text.
    pub(super) fn problem(self, status: StatusCode) -> Problem {
        let separator = if self.pointer.is_root() { "" } else { ": " };
        let detail = format!("{}{separator}{}", self.pointer, self.detail);
        self.explain(Problem::new(status).detail(detail))
    }

    /// The problem with this as its `errors`, the member that RFC 9457 section 3 shows, with a plain JSON pointer
    /// (RFC 6901).
    pub(super) fn explain(self, problem: Problem) -> Problem {
        problem.with("errors", json!([{ "pointer": self.pointer, "detail": self.detail }]))
    }
}

/// What the standard library and the reader of forms say of a text that is parsed.
fn translated(message: &str) -> Option<&'static str> {
    Some(match message {
        "cannot parse integer from empty string" | "invalid digit found in string" => {
            "the value is not a whole number"
        }
        "cannot parse float from empty string" | "invalid float literal" => {
            "the value is not a number"
        }
        "number too large to fit in target type" => "the number is too large",
        "number too small to fit in target type" => "the number is too small",
        "provided string was not `true` or `false`" => "the value is not true or false",
        "unsupported value" => "the field takes one value",
        _ => return None,
    })
}

/// The name in `` missing field `name` ``. One that a client has chosen may hold anything, also backticks.
fn quoted<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    let rest = message.strip_prefix(start)?.strip_prefix('`')?;
    let end = rest
        .find("`, expected ")
        .or_else(|| rest.find("`, there are no "))
        .or_else(|| rest.rfind('`'))?;
    Some(&rest[..end])
}

/// With the names that are known: `` expected one of `a`, `b` ``.
fn unknown(what: &str, message: &str) -> String {
    match message.rsplit_once("`, expected ") {
        Some((_, names)) => format!("{what}; expected {}", names.replace('`', "")),
        None => what.to_owned(),
    }
}

fn expected(what: &str, message: &str) -> String {
    match message.rsplit_once(", expected ").and_then(|(_, expected)| in_words(expected)) {
        Some(expected) => format!("{what}; expected {expected}"),
        None => what.to_owned(),
    }
}

/// What serde expects, for a client. `None` for what has no name but that of a Rust type.
fn in_words(expected: &str) -> Option<String> {
    let words = match expected {
        "bool" | "a boolean" => "true or false",
        "f32" | "f64" => "a number",
        "char" | "a character" => "a text of one character",
        "str" | "string" | "a string" | "a borrowed string" | "path string" => "a string",
        "unit" | "option" => "null",
        "a map" | "a newtype struct" => "an object",
        "a sequence" | "a borrowed byte array" | "byte array" => "an array",
        _ => "",
    };
    if !words.is_empty() {
        return Some(words.to_owned());
    }
    if let Some(numbers) = numbers(expected) {
        return Some(numbers);
    }
    if let Some(length) = expected
        .strip_prefix("a tuple of size ")
        .or_else(|| expected.strip_prefix("an array of length "))
    {
        return Some(format!("an array of {length} values"));
    }
    if expected.starts_with("struct ") || expected.starts_with("internally tagged enum ") {
        return Some("an object".to_owned());
    }
    if expected.starts_with("tuple struct ") {
        return Some("an array".to_owned());
    }
    own_words(expected).map(str::to_owned)
}

/// The range of an integer type.
fn numbers(name: &str) -> Option<String> {
    let bits = name.get(1..)?;
    let bits: u32 = if bits == "size" { 64 } else { bits.parse().ok()? };
    let (min, max) = match name.get(..1)? {
        "u" => (0, u128::MAX.checked_shr(128_u32.checked_sub(bits)?)?),
        "i" => {
            let max = i128::MAX.checked_shr(128_u32.checked_sub(bits)?)?;
            (-max - 1, max.unsigned_abs())
        }
        _ => return None,
    };
    Some(format!("a whole number from {min} to {max}"))
}

/// A text that somebody has written for clients, `#[serde(expecting = "…")]` or the error of a type's own parser;
/// not one that names Rust types or speaks of their kinds.
fn own_words(text: &str) -> Option<&str> {
    const KINDS: [&str; 5] = ["struct", "enum", "variant", "newtype", "tuple"];
    let names_a_type =
        text.contains("::") || text.split_whitespace().any(|word| KINDS.contains(&word));
    (!names_a_type && text.len() <= 200 && !text.chars().any(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_106_messages_of_serde_lose_rusts_words() {
        for (message, is_ambiguous, pointer, detail) in [
            ("missing field `title`", false, "/at/title", "the field is missing"),
            ("duplicate field `a/b`", true, "/at/a~1b", "the field is there more than once"),
            ("unknown field `x`, expected `a`", false, "/at/x", "the field is unknown; expected a"),
            (
                "unknown field ``, expected `y`, expected one of `a`, `b`",
                false,
                "/at/",
                "the field is unknown; expected one of a, b",
            ),
            ("unknown field `x`, there are no fields", false, "/at/x", "the field is unknown"),
            (
                "unknown variant `Red`, expected `red` or `blue`",
                false,
                "/at",
                "the value is not allowed; expected red or blue",
            ),
            (
                "invalid type: string \"x, expected struct Evil\", expected u8",
                false,
                "/at",
                "the value has the wrong type; expected a whole number from 0 to 255",
            ),
            (
                "invalid type: null, expected i64",
                false,
                "/at",
                "the value has the wrong type; expected a whole number from -9223372036854775808 to 9223372036854775807",
            ),
            (
                "invalid value: integer `300`, expected i8",
                false,
                "/at",
                "the value is not allowed; expected a whole number from -128 to 127",
            ),
            (
                "invalid type: map, expected struct Post",
                false,
                "/at",
                "the value has the wrong type; expected an object",
            ),
            (
                "invalid type: map, expected struct variant Shape::Circle",
                false,
                "/at",
                "the value has the wrong type; expected an object",
            ),
            (
                "invalid length 1, expected a tuple of size 2",
                false,
                "/at",
                "the value has the wrong length; expected an array of 2 values",
            ),
            (
                "data did not match any variant of untagged enum Shape",
                false,
                "/at",
                "the value is not allowed",
            ),
            ("the email is not known here", false, "/at", "the email is not known here"),
            ("alloc::vec::Vec is bad", false, "/at", "the value is not allowed"),
        ] {
            let mismatch = Mismatch::of_serde(message, Pointer::member("at"));
            assert_eq!(mismatch.is_ambiguous, is_ambiguous, "{message}");
            let problem = mismatch.problem(StatusCode::BAD_REQUEST);
            let found = serde_json::to_value(problem).unwrap();
            assert_eq!(found["errors"], json!([{ "pointer": pointer, "detail": detail }]));
            assert_eq!(found["detail"], format!("{pointer}: {detail}"));
        }
    }
}
