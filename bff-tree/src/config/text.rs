use std::ops::Range;

use crate::marks::Marks;

/// A string of the file.
#[derive(Clone, Debug)]
pub(super) struct Text<'a> {
    /// What it says.
    pub(super) value: &'a str,
    /// Its bytes in the file, with the quotes.
    pub(super) at: Range<usize>,
}

/// The bytes of the file that the bytes `part` of a string's value were written as.
pub(super) fn place_in_file(file: &str, text: &Text<'_>, part: Range<usize>) -> Range<usize> {
    let Some(written) = file.get(text.at.clone()) else { return text.at.clone() };
    let marks = marks(written);
    let [start, end] = [part.start, part.end].map(|offset| text.at.start + marks.place(offset));
    if start <= end && end <= text.at.end { start..end } else { text.at.clone() }
}

fn marks(written: &str) -> Marks {
    let quote = match written.chars().next() {
        Some(quote @ ('"' | '\'')) => quote,
        // A bare key is written as it is.
        _ => return Marks::plain(0),
    };
    let triple: String = std::iter::repeat_n(quote, 3).collect();
    let mut at = if written.len() >= 6 && written.starts_with(&triple) { 3 } else { 1 };
    // TOML 1.1 section "String": a line break right after three quotes is not a part of the string.
    let first_line_break = ["\r\n", "\n"].into_iter().find(|&end| written[at..].starts_with(end));
    at += first_line_break.map_or(0, str::len);
    if quote == '\'' { Marks::plain(at) } else { Marks::escaped(written, at, escape) }
}

/// How long an escape is, and the text that it stands for.
fn escape(text: &str) -> (usize, usize) {
    let digits = match text[1..].chars().next() {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        // A line that ends in a backslash goes on at the next character that is no space.
        Some(' ' | '\t' | '\r' | '\n') => {
            let length = text[1..].find(|next: char| !next.is_ascii_whitespace());
            return (length.map_or(text.len(), |length| 1 + length), 0);
        }
        Some(other) => return (1 + other.len_utf8(), 1),
        None => return (1, 1),
    };
    let number = text.get(2..2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match number.and_then(char::from_u32) {
        Some(character) => (2 + digits, character.len_utf8()),
        None => (2, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn va_04_a_place_in_a_value_is_found_in_what_was_written() {
        for (written, value, part, expected) in [
            ("\"/a/:b\"", "/a/:b", 3..5, ":b"),
            ("'/a\\d:b'", "/a\\d:b", 4..6, ":b"),
            ("\"/a\\\\d:b\"", "/a\\d:b", 4..6, ":b"),
            ("\"/a\\\\d:b\"", "/a\\d:b", 2..3, "\\\\"),
            ("\"\\u00e9:b\"", "é:b", 2..4, ":b"),
            ("\"\\U0001F600:b\"", "😀:b", 4..6, ":b"),
            ("\"\\x41:b\"", "A:b", 1..3, ":b"),
            ("\"\\u00e9:b\"", "é:b", 0..2, "\\u00e9"),
            ("\"\"\"\n/a:b\"\"\"", "/a:b", 2..4, ":b"),
            ("\"\"\"/a\\\n   :b\"\"\"", "/a:b", 2..4, ":b"),
            ("'''\r\n/a:b'''", "/a:b", 2..4, ":b"),
            ("\"é:b\"", "é:b", 2..4, ":b"),
            ("x-é", "x-é", 2..4, "é"),
            ("\"\"", "", 0..0, ""),
        ] {
            let file = format!("key = {written} # x");
            let text = Text { value, at: 6..6 + written.len() };
            let at = place_in_file(&file, &text, part);
            assert_eq!(&file[at], expected, "{written}");
        }
    }
}
