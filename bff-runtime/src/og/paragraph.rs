use parley::{AlignmentOptions, Layout};
use taffy::{AvailableSpace, Size};

use super::{
    css::{Case, TextStyle},
    fonts::Typesetter,
};

/// A text that is set in glyphs.
pub(super) struct Paragraph {
    text: String,
    style: TextStyle,
    layout: Layout<()>,
}

impl Paragraph {
    pub(super) fn new(text: &str, style: TextStyle, typesetter: &mut Typesetter) -> Self {
        let text = cased(spaced(text, &style), style.case);
        let layout = typesetter.shape(&text, &style);
        Self { text, style, layout }
    }

    /// How large it is in this room.
    pub(super) fn measure(
        &mut self,
        known: Size<Option<f32>>,
        available: Size<AvailableSpace>,
    ) -> Size<f32> {
        let width = known.width.or(match available.width {
            AvailableSpace::Definite(width) => Some(width.max(0.0)),
            AvailableSpace::MinContent => Some(self.layout.calculate_content_widths().min),
            AvailableSpace::MaxContent => None,
        });
        self.layout.break_all_lines(width);
        let lines = self.style.lines.unwrap_or(usize::MAX);
        let last = self.layout.get(lines.saturating_sub(1));
        let height = last.map_or(self.layout.height(), |line| line.metrics().block_max_coord);
        // Rounded up, so that it still has room when its box is put on whole pixels.
        Size {
            width: known.width.unwrap_or(self.layout.width().ceil()),
            height: known.height.unwrap_or(height.ceil()),
        }
    }

    /// Breaks and aligns its lines for good.
    pub(super) fn set(&mut self, width: f32, typesetter: &mut Typesetter) -> &Layout<()> {
        self.layout.break_all_lines(Some(width));
        if let Some(lines) = self.style.lines
            && self.layout.len() > lines
            && let Some(last) = self.layout.get(lines - 1)
        {
            let end = last.text_range().end;
            self.layout = self.shortened(end, lines, width, typesetter);
        }
        self.layout.align(self.style.align, AlignmentOptions::default());
        &self.layout
    }

    /// As much of the text up to here as there is room for in so many lines with an ellipsis behind it.
    fn shortened(
        &self,
        end: usize,
        lines: usize,
        width: f32,
        typesetter: &mut Typesetter,
    ) -> Layout<()> {
        let mut set = |end: usize| {
            let kept = self.text.get(..end).unwrap_or_default().trim_end();
            let mut layout = typesetter.shape(&format!("{kept}…"), &self.style);
            layout.break_all_lines(Some(width));
            layout
        };
        let ends: Vec<usize> =
            self.text.char_indices().map(|(at, _)| at).take_while(|at| *at <= end).collect();
        let fitting = ends.partition_point(|end| set(*end).len() <= lines);
        set(fitting.checked_sub(1).and_then(|at| ends.get(at)).copied().unwrap_or_default())
    }
}

/// White space as the style has it, without what is no letter at all.
fn spaced(text: &str, style: &TextStyle) -> String {
    let space = style.space;
    let mut spaced = String::with_capacity(text.len());
    // A space that is due, unless the line ends or begins there.
    let mut due = false;
    let text = text.replace("\r\n", "\n");
    for c in text.chars() {
        match c {
            '\n' if space.breaks_stay => {
                due = false;
                spaced.push('\n');
            }
            ' ' | '\t' | '\n' | '\r' if space.spaces_stay => spaced.push(' '),
            ' ' | '\t' | '\n' | '\r' => due = true,
            c if c.is_control() => {}
            c => {
                if due && !spaced.is_empty() && !spaced.ends_with('\n') {
                    spaced.push(' ');
                }
                due = false;
                spaced.push(c);
            }
        }
    }
    spaced
}

fn cased(text: String, case: Case) -> String {
    match case {
        Case::AsWritten => text,
        Case::Upper => text.to_uppercase(),
        Case::Lower => text.to_lowercase(),
        Case::Capitalized => {
            let mut is_first = true;
            let mut cased = String::with_capacity(text.len());
            for c in text.chars() {
                if is_first && c.is_alphanumeric() {
                    cased.extend(c.to_uppercase());
                } else {
                    cased.push(c);
                }
                is_first = c.is_whitespace();
            }
            cased
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::og::css::Style;

    fn style(declarations: &str) -> TextStyle {
        Style::of(declarations, &TextStyle::initial(), (100.0, 100.0)).unwrap().text
    }

    #[test]
    fn mdo_06_white_space_and_letters_are_as_the_style_has_them() {
        for (declarations, text, expected) in [
            ("", "  one \n\t two  ", "one two"),
            ("white-space: nowrap", "one\r\n two", "one two"),
            ("white-space: pre-line", " one \n  two", "one\ntwo"),
            ("white-space: pre", " one \n  two", " one \n  two"),
            ("white-space: pre-wrap", "one\t two", "one  two"),
            ("", "a\0b\u{7}c\u{1b}[0m", "abc[0m"),
            ("text-transform: uppercase", "straße", "STRASSE"),
            ("text-transform: lowercase", "ÉCOLE", "école"),
            ("text-transform: capitalize", "one two-three \"four", "One Two-three \"four"),
        ] {
            let style = style(declarations);
            assert_eq!(
                cased(spaced(text, &style), style.case),
                expected,
                "{declarations} {text:?}"
            );
        }
    }

    #[test]
    fn mdo_06_a_text_of_too_many_lines_ends_in_an_ellipsis() {
        let mut typesetter = Typesetter::new(Vec::new()).unwrap();
        for (text, lines, expected) in [
            ("one two three four five six seven eight", 1, 1),
            ("one two three four five six seven eight", 2, 2),
            ("one two", 2, 1),
            ("onetwothreefourfivesixseveneightnineten", 2, 2),
            ("", 1, 1),
        ] {
            let style = style(&format!("font-size: 20px; line-clamp: {lines}"));
            let mut paragraph = Paragraph::new(text, style, &mut typesetter);
            let room =
                Size { width: AvailableSpace::Definite(120.0), height: AvailableSpace::MaxContent };
            let size = paragraph.measure(Size { width: None, height: None }, room);
            let layout = paragraph.set(120.0, &mut typesetter);
            assert_eq!(layout.len(), expected, "{text}");
            assert!(layout.width() <= 120.0, "{text}");
            assert!((layout.height() - size.height).abs() <= 1.0, "{text}");
        }
    }
}
