use std::ops::Range;

/// The line of a file that a diagnostic is about, for carets below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, each character as wide as any other.
    pub line: String,
    /// How many characters the carets are below; they begin at the diagnostic's column.
    pub width: usize,
}

impl Excerpt {
    /// The line of `text` that the bytes `at` begin in.
    pub fn of(text: &str, at: Range<usize>) -> Self {
        let start = text.floor_char_boundary(at.start);
        let end = text.floor_char_boundary(at.end.max(start));
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        let marked = &text[start..end.min(line_end)];
        Self {
            line: text[line_start..line_end].trim_end().chars().map(one_wide).collect(),
            width: marked.trim_end().chars().count().max(1),
        }
    }
}

/// A tab is as wide as the terminal likes, and other control characters do what they like.
fn one_wide(character: char) -> char {
    match character {
        '\t' => ' ',
        control if control.is_control() => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    #[test]
    fn the_line_is_cut_out_and_the_carets_stay_on_it() {
        for (text, at, line, width) in [
            ("a = 1\nb = 22\n", 10..12, "b = 22", 2),
            ("a\tb", 2..3, "a b", 1),
            ("a = [\n1]", 4..8, "a = [", 1),
            ("a\r\nb", 0..1, "a", 1),
            ("é", 1..1, "é", 1),
            ("", 5..9, "", 1),
            ("x\u{1b}y", 0..3, "x\u{fffd}y", 3),
        ] {
            let excerpt = Excerpt { line: line.to_owned(), width };
            assert_eq!(Excerpt::of(text, at), excerpt, "{text:?}");
        }
    }
}
