//! What values are made of.

use taffy::style_helpers::{FromLength, FromPercent, TaffyAuto};

/// A length, relative ones to what only the layout knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::og) enum Length {
    Px(f32),
    /// 1 is all of it.
    Part(f32),
}

impl Default for Length {
    fn default() -> Self {
        Self::Px(0.0)
    }
}

impl Length {
    /// In pixels, where this is all of it.
    pub(in crate::og) fn of(self, whole: f32) -> f32 {
        match self {
            Self::Px(length) => length,
            Self::Part(part) => part * whole,
        }
    }
}

/// What relative units are, in pixels.
pub(in crate::og) struct Units {
    pub(in crate::og) em: f32,
    pub(in crate::og) width: f32,
    pub(in crate::og) height: f32,
}

const REM: f32 = 16.0;

/// Far beyond any picture, and small enough to be added up.
const MOST: f32 = 100_000.0;

pub(super) fn number(text: &str) -> Option<f32> {
    text.parse().ok().filter(|number: &f32| number.abs() <= MOST)
}

pub(super) fn positive(text: &str) -> Option<f32> {
    number(text).filter(|number| *number >= 0.0)
}

pub(super) fn length(text: &str, units: &Units) -> Option<Length> {
    if let Some(percent) = text.strip_suffix('%') {
        return Some(Length::Part(number(percent)? / 100.0));
    }
    pixels(text, units).map(Length::Px)
}

/// A length that is no percentage.
pub(super) fn pixels(text: &str, units: &Units) -> Option<f32> {
    let table = [
        ("px", 1.0),
        ("rem", REM),
        ("em", units.em),
        ("vw", units.width / 100.0),
        ("vh", units.height / 100.0),
    ];
    let unit = table.iter().find_map(|(unit, pixels)| Some((text.strip_suffix(unit)?, pixels)));
    match unit {
        Some((count, pixels)) => Some(number(count)? * pixels).filter(|all| all.abs() <= MOST),
        None => number(text).filter(|number| *number == 0.0),
    }
}

/// A length as the layout has them.
pub(super) fn sized<T: FromLength + FromPercent>(text: &str, units: &Units) -> Option<T> {
    Some(match length(text, units)? {
        Length::Px(pixels) => T::from_length(pixels),
        Length::Part(part) => T::from_percent(part),
    })
}

/// The same, or `auto`.
pub(super) fn sized_or_auto<T: FromLength + FromPercent + TaffyAuto>(
    text: &str,
    units: &Units,
) -> Option<T> {
    if text == "auto" { Some(T::AUTO) } else { sized(text, units) }
}

/// An angle in degrees.
pub(super) fn degrees(text: &str) -> Option<f32> {
    let table = [("deg", 1.0), ("turn", 360.0)];
    let unit = table.iter().find_map(|(unit, degrees)| Some((text.strip_suffix(unit)?, degrees)));
    unit.map_or_else(
        || number(text).filter(|number| *number == 0.0),
        |(count, degrees)| Some(number(count)? * degrees),
    )
}

pub(super) fn keyword<T: Copy>(text: &str, table: &[(&str, T)]) -> Option<T> {
    table.iter().find_map(|(keyword, value)| (*keyword == text).then_some(*value))
}

/// One to four values, as those of four sides: top, right, bottom, left.
pub(super) fn four<T: Copy>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<[T; 4]> {
    let values: Option<Vec<T>> = words(text).map(read).collect();
    Some(match values?[..] {
        [all] => [all; 4],
        [vertical, horizontal] => [vertical, horizontal, vertical, horizontal],
        [top, horizontal, bottom] => [top, horizontal, bottom, horizontal],
        [top, right, bottom, left] => [top, right, bottom, left],
        _ => return None,
    })
}

/// What is in the brackets of a function of this name.
pub(super) fn function<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')
}

/// The parts between separators that are in no bracket and no quote.
pub(super) fn split(text: &str, is_separator: fn(char) -> bool) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut depth = 0_usize;
        let mut quote = None;
        let end = text.char_indices().find(|(_, c)| {
            match (quote, c) {
                (Some(open), c) if open == *c => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(*c),
                (None, '(') => depth += 1,
                (None, ')') => depth = depth.saturating_sub(1),
                (None, c) => return depth == 0 && is_separator(*c),
            }
            false
        });
        let part = match end {
            Some((at, separator)) => {
                let (part, after) = text.split_at(at);
                rest = after.strip_prefix(separator);
                part
            }
            None => {
                rest = None;
                text
            }
        };
        Some(part.trim())
    })
}

/// The parts of a list with commas.
pub(super) fn list(text: &str) -> impl Iterator<Item = &str> {
    split(text, |c| c == ',')
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    split(text, char::is_whitespace).filter(|word| !word.is_empty())
}
