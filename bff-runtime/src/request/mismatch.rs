//! The words for a value that is well formed and not what was expected.
//!
//! serde speaks to Rust programmers: `invalid type: map, expected struct Post`. A client is told where the value is,
//! what is expected in the words of JSON, and no name of a Rust type; nor is what it sent sent back to it.

use std::borrow::Cow;

use http::StatusCode;
use serde_json::json;

use super::pointer::Pointer;
use crate::{
    Problem,
    valid::{Failure, Words},
};

const NOT_ALLOWED: &str = "the value is not allowed";

/// What is wrong with one value, and where it is.
#[derive(Debug)]
pub(crate) struct Mismatch {
    failure: Failure,
    /// The value is there twice: that is ambiguous, while everything else is a matter of the schema.
    pub(super) is_ambiguous: bool,
}

impl Mismatch {
    /// The codes are in the table of [`crate::valid`].
    pub(crate) fn new(
        pointer: Pointer,
        code: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { failure: Failure::at(pointer, code, detail), is_ambiguous: false }
    }

    /// The same with what is expected, in words for a client.
    fn expecting(
        pointer: Pointer,
        code: &'static str,
        detail: &'static str,
        expected: Option<String>,
    ) -> Self {
        let Some(expected) = expected else { return Self::new(pointer, code, detail) };
        let mismatch = Self::new(pointer, code, format!("{detail}; expected {expected}"));
        Self { failure: mismatch.failure.with("expected", expected), ..mismatch }
    }

    /// Reads a message of serde, without the place in the text; `pointer` is where serde was.
    #[cold]
    pub(crate) fn of_serde(message: &str, mut pointer: Pointer) -> Self {
        if let Some(field) = quoted(message, "missing field ") {
            pointer.push(field);
            Self::new(pointer, "missing", "the field is missing")
        } else if let Some(field) = quoted(message, "duplicate field ") {
            if !pointer.ends_with(field) {
                pointer.push(field);
            }
            let twice = Self::new(pointer, "duplicate", "the field is there more than once");
            Self { is_ambiguous: true, ..twice }
        } else if let Some(field) = quoted(message, "unknown field ") {
            if !pointer.ends_with(field) {
                pointer.push(field);
            }
            Self::expecting(pointer, "unknown_field", "the field is unknown", known(message))
        } else if message.starts_with("unknown variant ") {
            Self::expecting(pointer, "not_allowed", NOT_ALLOWED, known(message))
        } else if message.starts_with("invalid type: ") {
            let detail = "the value has the wrong type";
            Self::expecting(pointer, "wrong_type", detail, expected(message))
        } else if message.starts_with("invalid value: ") {
            Self::expecting(pointer, "not_allowed", NOT_ALLOWED, expected(message))
        } else if message.starts_with("invalid length ") {
            let detail = "the value has the wrong length";
            Self::expecting(pointer, "wrong_length", detail, expected(message))
        } else if let Some((code, detail)) = translated(message) {
            Self::new(pointer, code, detail)
        } else {
            match own_words(message) {
                Some(words) => Self::new(pointer, "invalid", words.to_owned()),
                None => Self::new(pointer, "not_allowed", NOT_ALLOWED),
            }
        }
    }

    /// A problem of this alone. Its detail says the same in one line, for clients that read text.
    pub(crate) fn problem(mut self, status: StatusCode, words: &Words) -> Problem {
        words.reword(&mut self.failure);
        Problem::new(status).detail(self.failure.line()).with("errors", json!([self.failure]))
    }

    /// The problem with this as its `errors`, the member that RFC 9457 section 3 shows, with a plain JSON pointer
    /// (RFC 6901).
    pub(super) fn explain(mut self, problem: Problem, words: &Words) -> Problem {
        words.reword(&mut self.failure);
        problem.with("errors", json!([self.failure]))
    }
}

/// What the standard library and the reader of forms say of a text that is parsed.
fn translated(message: &str) -> Option<(&'static str, &'static str)> {
    Some(match message {
        "cannot parse integer from empty string" | "invalid digit found in string" => {
            ("wrong_type", "the value is not a whole number")
        }
        "cannot parse float from empty string" | "invalid float literal" => {
            ("wrong_type", "the value is not a number")
        }
        "number too large to fit in target type" => ("too_large", "the number is too large"),
        "number too small to fit in target type" => ("too_small", "the number is too small"),
        "provided string was not `true` or `false`" => {
            ("wrong_type", "the value is not true or false")
        }
        "unsupported value" => ("duplicate", "the field takes one value"),
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

/// The names that are known: `` expected one of `a`, `b` ``.
fn known(message: &str) -> Option<String> {
    let (_, names) = message.rsplit_once("`, expected ")?;
    Some(names.replace('`', ""))
}

fn expected(message: &str) -> Option<String> {
    let (_, expected) = message.rsplit_once(", expected ")?;
    in_words(expected)
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
        for (message, is_ambiguous, pointer, code, detail) in [
            ("missing field `title`", false, "/at/title", "missing", "the field is missing"),
            (
                "duplicate field `a/b`",
                true,
                "/at/a~1b",
                "duplicate",
                "the field is there more than once",
            ),
            (
                "unknown field `x`, expected `a`",
                false,
                "/at/x",
                "unknown_field",
                "the field is unknown; expected a",
            ),
            (
                "unknown field ``, expected `y`, expected one of `a`, `b`",
                false,
                "/at/",
                "unknown_field",
                "the field is unknown; expected one of a, b",
            ),
            (
                "unknown field `x`, there are no fields",
                false,
                "/at/x",
                "unknown_field",
                "the field is unknown",
            ),
            (
                "unknown variant `Red`, expected `red` or `blue`",
                false,
                "/at",
                "not_allowed",
                "the value is not allowed; expected red or blue",
            ),
            (
                "invalid type: string \"x, expected struct Evil\", expected u8",
                false,
                "/at",
                "wrong_type",
                "the value has the wrong type; expected a whole number from 0 to 255",
            ),
            (
                "invalid type: null, expected i64",
                false,
                "/at",
                "wrong_type",
                "the value has the wrong type; expected a whole number from -9223372036854775808 to 9223372036854775807",
            ),
            (
                "invalid value: integer `300`, expected i8",
                false,
                "/at",
                "not_allowed",
                "the value is not allowed; expected a whole number from -128 to 127",
            ),
            (
                "invalid type: map, expected struct Post",
                false,
                "/at",
                "wrong_type",
                "the value has the wrong type; expected an object",
            ),
            (
                "invalid type: map, expected struct variant Shape::Circle",
                false,
                "/at",
                "wrong_type",
                "the value has the wrong type; expected an object",
            ),
            (
                "invalid length 1, expected a tuple of size 2",
                false,
                "/at",
                "wrong_length",
                "the value has the wrong length; expected an array of 2 values",
            ),
            (
                "data did not match any variant of untagged enum Shape",
                false,
                "/at",
                "not_allowed",
                "the value is not allowed",
            ),
            ("the email is not known here", false, "/at", "invalid", "the email is not known here"),
            ("alloc::vec::Vec is bad", false, "/at", "not_allowed", "the value is not allowed"),
        ] {
            let mismatch = Mismatch::of_serde(message, Pointer::member("at"));
            assert_eq!(mismatch.is_ambiguous, is_ambiguous, "{message}");
            let problem = mismatch.problem(StatusCode::BAD_REQUEST, &Words::default());
            let found = serde_json::to_value(problem).unwrap();
            assert_eq!(
                found["errors"],
                json!([{ "pointer": pointer, "code": code, "detail": detail }])
            );
            assert_eq!(found["detail"], format!("{pointer}: {detail}"));
        }
    }
}
