use parley::{Alignment, LineHeight, OverflowWrap, WordBreak};
use tiny_skia::Color;

use super::{
    color::color,
    shadow::{Shadow, shadows},
    values::{Length, Units, keyword, length, list, number, pixels, words},
};

/// How text is written. A node has that of the node above until it says otherwise.
#[derive(Clone, Debug)]
pub(in crate::og) struct TextStyle {
    pub(in crate::og) color: Color,
    pub(in crate::og) families: Vec<String>,
    pub(in crate::og) size: f32,
    pub(in crate::og) weight: f32,
    pub(in crate::og) italic: bool,
    pub(in crate::og) line_height: LineHeight,
    pub(in crate::og) letter_spacing: f32,
    pub(in crate::og) align: Alignment,
    pub(in crate::og) case: Case,
    pub(in crate::og) space: Space,
    pub(in crate::og) underline: bool,
    pub(in crate::og) line_through: bool,
    pub(in crate::og) word_break: WordBreak,
    pub(in crate::og) overflow_wrap: OverflowWrap,
    pub(in crate::og) shadows: Vec<Shadow>,
    /// As many lines at most. Not inherited.
    pub(in crate::og) lines: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::og) enum Case {
    AsWritten,
    Upper,
    Lower,
    Capitalized,
}

/// What becomes of white space (`white-space`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::og) struct Space {
    pub(in crate::og) spaces_stay: bool,
    pub(in crate::og) breaks_stay: bool,
    pub(in crate::og) wraps: bool,
}

const NORMAL: Space = Space { spaces_stay: false, breaks_stay: false, wraps: true };

/// Letters as large as the picture may be.
const LARGEST: f32 = 4096.0;

impl TextStyle {
    /// That of the picture.
    pub(in crate::og) fn initial() -> Self {
        Self {
            color: Color::BLACK,
            families: Vec::new(),
            size: 16.0,
            weight: 400.0,
            italic: false,
            line_height: LineHeight::NORMAL,
            letter_spacing: 0.0,
            align: Alignment::Start,
            case: Case::AsWritten,
            space: NORMAL,
            underline: false,
            line_through: false,
            word_break: WordBreak::Normal,
            overflow_wrap: OverflowWrap::BreakWord,
            shadows: Vec::new(),
            lines: None,
        }
    }

    /// What a node below starts with.
    pub(super) fn below(&self) -> Self {
        Self { lines: None, ..self.clone() }
    }
}

/// False when this is no property of text, `None` when it has no such value.
pub(super) fn declare(
    text: &mut TextStyle,
    name: &str,
    value: &str,
    units: &Units,
) -> Option<bool> {
    match name {
        "color" => text.color = color(value)?,
        "font-family" => text.families = families(value)?,
        "font-size" => {
            let size = length(value, units)?.of(units.em);
            text.size = (size > 0.0 && size <= LARGEST).then_some(size)?;
        }
        "font-weight" => {
            let weight = match value {
                "normal" => 400.0,
                "bold" => 700.0,
                value => number(value)?,
            };
            text.weight = (1.0..=1000.0).contains(&weight).then_some(weight)?;
        }
        "font-style" => {
            text.italic =
                keyword(value, &[("normal", false), ("italic", true), ("oblique", true)])?;
        }
        "line-height" => {
            let height = match (value, number(value)) {
                ("normal", _) => LineHeight::NORMAL,
                (_, Some(times)) if times >= 0.0 => LineHeight::FontSizeRelative(times),
                _ => match length(value, units)? {
                    Length::Part(times) => LineHeight::FontSizeRelative(times),
                    Length::Px(pixels) => LineHeight::Absolute(pixels),
                },
            };
            text.line_height = height;
        }
        "letter-spacing" if value == "normal" => text.letter_spacing = 0.0,
        "letter-spacing" => text.letter_spacing = pixels(value, units)?,
        "text-align" => {
            let alignments = [
                ("start", Alignment::Start),
                ("end", Alignment::End),
                ("left", Alignment::Left),
                ("center", Alignment::Center),
                ("right", Alignment::Right),
                ("justify", Alignment::Justify),
            ];
            text.align = keyword(value, &alignments)?;
        }
        "text-transform" => {
            let cases = [
                ("none", Case::AsWritten),
                ("uppercase", Case::Upper),
                ("lowercase", Case::Lower),
                ("capitalize", Case::Capitalized),
            ];
            text.case = keyword(value, &cases)?;
        }
        "text-decoration" => {
            (text.underline, text.line_through) = (false, false);
            for word in words(value) {
                match word {
                    "none" => {}
                    "underline" => text.underline = true,
                    "line-through" => text.line_through = true,
                    _ => return None,
                }
            }
        }
        "text-shadow" => {
            let shadows = shadows(value, units)?;
            // Letters do not spread.
            text.shadows = shadows.iter().all(|shadow| shadow.spread == 0.0).then_some(shadows)?;
        }
        "white-space" => {
            let spaces = [
                ("normal", NORMAL),
                ("nowrap", Space { wraps: false, ..NORMAL }),
                ("pre", Space { spaces_stay: true, breaks_stay: true, wraps: false }),
                ("pre-wrap", Space { spaces_stay: true, breaks_stay: true, wraps: true }),
                ("pre-line", Space { breaks_stay: true, ..NORMAL }),
            ];
            text.space = keyword(value, &spaces)?;
        }
        "word-break" => {
            let breaks = [
                ("normal", WordBreak::Normal),
                ("break-all", WordBreak::BreakAll),
                ("keep-all", WordBreak::KeepAll),
            ];
            text.word_break = keyword(value, &breaks)?;
        }
        "overflow-wrap" => {
            let wraps = [
                ("normal", OverflowWrap::Normal),
                ("anywhere", OverflowWrap::Anywhere),
                ("break-word", OverflowWrap::BreakWord),
            ];
            text.overflow_wrap = keyword(value, &wraps)?;
        }
        "line-clamp" if value == "none" => text.lines = None,
        "line-clamp" => {
            text.lines = Some(value.parse().ok().filter(|lines| (1..=1000).contains(lines))?);
        }
        _ => return Some(false),
    }
    Some(true)
}

/// `"Noto Sans", Inter, sans-serif`. A generic name means none in particular.
fn families(value: &str) -> Option<Vec<String>> {
    let mut families = Vec::new();
    for family in list(value) {
        let quoted =
            ['"', '\''].iter().find_map(|quote| family.strip_prefix(*quote)?.strip_suffix(*quote));
        match quoted.unwrap_or(family) {
            "" => return None,
            "sans-serif" | "serif" | "monospace" | "system-ui" if quoted.is_none() => {}
            name => families.push(name.to_owned()),
        }
    }
    Some(families)
}
