//! References between variables: `$NAME`, `${NAME}`, `${NAME:-default}`, `\$` (row EV-03).
//!
//! Knows no file. What a reference yields is the final value of that name, whichever layer gives
//! it. A value that comes from the process is taken as it stands: the shell has already had its
//! turn, and a `$` in it is a part of the value.

use std::{
    collections::{BTreeMap, HashMap},
    ffi::OsString,
};

/// A value as a file gives it.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) value: String,
    pub(super) expands: bool,
}

/// A chain of references longer than this is a mistake, and it must not exhaust the stack.
const MAX_DEPTH: usize = 64;

/// A value longer than this is a mistake: twenty lines that each name the line before twice would
/// otherwise take all memory.
const MAX_LENGTH: usize = 1 << 20;

/// Expands every value; the second list has the names that cannot be expanded, and why.
pub(super) fn expand(
    raw: &BTreeMap<String, Raw>,
    process: &dyn Fn(&str) -> Option<OsString>,
) -> (HashMap<String, String>, Vec<(String, String)>) {
    let mut expansion =
        Expansion { raw, process, path: Vec::new(), done: HashMap::with_capacity(raw.len()) };
    for name in raw.keys() {
        // The outcome stays in `done`; a failure is reported once, below.
        let _ = expansion.variable(name, 0);
    }
    let mut values = HashMap::with_capacity(raw.len());
    let mut failures = Vec::new();
    for (name, outcome) in expansion.done {
        match outcome {
            Ok(value) => drop(values.insert(name.to_owned(), value)),
            Err(cause) => failures.push((name.to_owned(), cause)),
        }
    }
    failures.sort();
    (values, failures)
}

struct Expansion<'a> {
    raw: &'a BTreeMap<String, Raw>,
    process: &'a dyn Fn(&str) -> Option<OsString>,
    /// The variables that are being expanded, outermost first; finds cycles.
    path: Vec<&'a str>,
    done: HashMap<&'a str, Result<String, String>>,
}

impl<'a> Expansion<'a> {
    /// The value of a variable that a file defines.
    fn variable(&mut self, name: &'a str, depth: usize) -> Result<String, String> {
        if let Some(outcome) = self.done.get(name) {
            return outcome.clone();
        }
        if let Some(start) = self.path.iter().position(|&outer| outer == name) {
            let names: Vec<_> = self.path[start..].iter().chain([&name]).copied().collect();
            return Err(format!("`{name}` refers to itself: {}", names.join(" → ")));
        }
        let Some(raw) = self.raw.get(name) else { return Ok(String::new()) };
        let mut value = String::new();
        let outcome = if raw.expands {
            self.path.push(name);
            let outcome = self.text(&raw.value, &mut value, depth + 1);
            self.path.pop();
            outcome
        } else {
            value.push_str(&raw.value);
            Ok(())
        };
        let outcome = outcome.map(|()| value);
        self.done.insert(name, outcome.clone());
        outcome
    }

    /// Appends `text` to `out` with its references replaced.
    fn text(&mut self, text: &'a str, out: &mut String, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Err(format!("references are nested more than {MAX_DEPTH} deep"));
        }
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            let (before, after) = (&rest[..at], &rest[at + 1..]);
            if let Some(before) = before.strip_suffix('\\') {
                append(out, before)?;
                append(out, "$")?;
                rest = after;
                continue;
            }
            append(out, before)?;
            rest = match after.strip_prefix('{') {
                Some(braced) if name_length(braced) > 0 => self.braced(braced, out, depth)?,
                None if name_length(after) > 0 => {
                    let (name, after) = after.split_at(name_length(after));
                    append(out, &self.reference(name, depth)?)?;
                    after
                }
                // A `$` that starts no reference is only a `$`, as in the model.
                _ => {
                    append(out, "$")?;
                    after
                }
            };
        }
        append(out, rest)
    }

    /// Handles `NAME}` or `NAME:-default}` and gives back the text after it.
    fn braced(&mut self, text: &'a str, out: &mut String, depth: usize) -> Result<&'a str, String> {
        let (name, after) = text.split_at(name_length(text));
        if let Some(after) = after.strip_prefix('}') {
            append(out, &self.reference(name, depth)?)?;
            return Ok(after);
        }
        let close = after.strip_prefix(":-").and_then(|default| Some((default, closing(default)?)));
        let Some((default, close)) = close else {
            return Err(format!("`${{{name}` goes on with neither `}}` nor `:-default}}`"));
        };
        let value = self.reference(name, depth)?;
        if value.is_empty() {
            self.text(&default[..close], out, depth + 1)?;
        } else {
            append(out, &value)?;
        }
        Ok(&default[close + 1..])
    }

    /// The final value of any variable; empty when there is none.
    fn reference(&mut self, name: &'a str, depth: usize) -> Result<String, String> {
        if let Some(value) = (self.process)(name) {
            return value.into_string().map_err(|_| format!("`{name}` is not valid Unicode"));
        }
        let outcome = self.variable(name, depth);
        // The cause stands at the variable that has it; repeating it here would only hide that.
        if self.done.get(name).is_some_and(Result::is_err) {
            return Err(format!("refers to `{name}`, which cannot be expanded"));
        }
        outcome
    }
}

fn append(out: &mut String, text: &str) -> Result<(), String> {
    if out.len() + text.len() > MAX_LENGTH {
        return Err(format!("expands to more than {MAX_LENGTH} bytes"));
    }
    out.push_str(text);
    Ok(())
}

fn name_length(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'_').count()
}

/// Where the brace closes that stands before `text`, past the braces of references within.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1;
    let mut before = ' ';
    text.char_indices().find_map(|(at, character)| {
        match character {
            '{' if before == '$' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        before = character;
        (open == 0).then_some(at)
    })
}
