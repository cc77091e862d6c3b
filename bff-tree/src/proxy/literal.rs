//! Where a part of a string's value stands in the literal that a program has for it.

use std::ops::Range;

use crate::marks::Marks;

/// The bytes of the literal `written` that the bytes `part` of its value were written as.
///
/// Plain and raw literals, escapes and continued lines are those of the Rust reference, "String literals". A text
/// that is no such literal is taken as it is.
pub(super) fn place_in_literal(written: &str, part: Range<usize>) -> Range<usize> {
    let marks = marks(written);
    let place = |offset: usize| marks.place(offset).min(written.len());
    let start = place(part.start);
    start..place(part.end).max(start)
}

fn marks(written: &str) -> Marks {
    let hashes = written.strip_prefix('r').map(|raw| raw.len() - raw.trim_start_matches('#').len());
    if let Some(hashes) = hashes {
        return Marks::plain("r".len() + hashes + "\"".len());
    }
    Marks::escaped(written, usize::from(written.starts_with('"')), escape)
}

/// How long the escape at the start of a text is, and the text that it stands for.
fn escape(text: &str) -> (usize, usize) {
    match text[1..].chars().next() {
        Some('x') => (text.len().min(4), 1),
        Some('u') => {
            let end = text.find('}').unwrap_or(text.len() - 1);
            let digits: String =
                text.get(3..end).unwrap_or("").chars().filter(|&digit| digit != '_').collect();
            let character = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
            (end + 1, character.map_or(1, char::len_utf8))
        }
        // A line that ends in a backslash goes on at the next character that is no space.
        Some('\n' | '\r') => {
            let length = text[1..].find(|next: char| !matches!(next, ' ' | '\t' | '\r' | '\n'));
            (length.map_or(text.len(), |length| 1 + length), 0)
        }
        Some(other) => (1 + other.len_utf8(), 1),
        None => (1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn va_04_a_place_in_a_value_is_found_in_the_literal() {
        for (written, part, expected) in [
            (r#""/a/:/b""#, 3..4, ":"),
            (r#""/a\\d:/b""#, 4..5, ":"),
            (r#""/a\\d:/b""#, 2..3, r"\\"),
            (r#""\u{e9}:""#, 2..3, ":"),
            (r#""\u{1_F600}:""#, 4..5, ":"),
            (r#""\u{e9}:""#, 0..2, r"\u{e9}"),
            (r#""\x41\t\"\n:""#, 4..5, ":"),
            (r#""é:""#, 2..3, ":"),
            ("\"/a\\\n    :b\"", 2..3, ":"),
            ("\"/a\n:b\"", 3..4, ":"),
            (r##"r"/a\d:""##, 4..5, ":"),
            (r###"r##"/a":"##"###, 3..4, ":"),
            (r#""/a""#, 2..2, ""),
            (r#""""#, 0..0, ""),
            ("", 0..4, ""),
            (r#""\"#, 0..1, r"\"),
        ] {
            let at = place_in_literal(written, part.clone());
            assert_eq!(written.get(at), Some(expected), "{written} {part:?}");
        }
    }

    #[test]
    fn the_end_of_a_value_is_the_place_of_the_closing_quote() {
        for (written, length) in [(r#""/a""#, 2), (r#""\u{e9}""#, 2), (r##"r#"/a"#"##, 2)] {
            let at = place_in_literal(written, length..length);
            assert!(written[at.start..].starts_with('"'), "{written}");
        }
    }
}
