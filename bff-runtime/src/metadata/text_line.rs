use std::borrow::Cow;

/// The text on one line: every run of whitespace and control characters becomes a space, at its ends nothing.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.contains(is_break) {
        let words = text.split(|c: char| c.is_whitespace() || is_break(c));
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").into()
    } else {
        text.trim().into()
    }
}

/// True for text that begins a second line, or hides something, in a file of lines.
pub(super) fn breaks_its_line(text: &str) -> bool {
    text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_on_its_line() {
        for (text, expected) in [
            ("", ""),
            ("plain text", "plain text"),
            ("  a  b ", "a  b"),
            ("a\nb", "a b"),
            ("a \r\n\t b\u{2028}c\0", "a b c"),
        ] {
            assert_eq!(one_line(text), expected, "{text:?}");
            assert!(!breaks_its_line(&one_line(text)));
        }
        assert!(breaks_its_line("a\u{85}b"));
    }
}
