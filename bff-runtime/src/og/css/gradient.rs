use tiny_skia::Color;

use super::{
    color::color,
    values::{Length, Units, degrees, function, length, list, words},
};

/// A gradient as it is written; where its stops are is known with the box.
#[derive(Clone, Debug)]
pub(in crate::og) struct Gradient {
    pub(in crate::og) line: Line,
    pub(in crate::og) stops: Vec<(Color, Option<Length>)>,
}

/// Along what the colors change.
#[derive(Clone, Copy, Debug)]
pub(in crate::og) enum Line {
    /// Degrees, from the bottom to the top and clockwise.
    Angle(f32),
    /// To a corner: -1 or 1 in both directions.
    Corner(f32, f32),
    /// From a point to the farthest corner.
    Radial { circle: bool, at: (Length, Length) },
}

pub(super) fn gradient(text: &str, units: &Units) -> Option<Gradient> {
    if let Some(inside) = function(text, "linear-gradient") {
        let mut parts = list(inside).peekable();
        let line = parts.peek().and_then(|first| direction(first));
        if line.is_some() {
            parts.next();
        }
        return Some(Gradient {
            line: line.unwrap_or(Line::Angle(180.0)),
            stops: stops(parts, units)?,
        });
    }
    let mut parts = list(function(text, "radial-gradient")?).peekable();
    let line = parts.peek().and_then(|first| shape(first, units));
    if line.is_some() {
        parts.next();
    }
    let middle = (Length::Part(0.5), Length::Part(0.5));
    let line = line.unwrap_or(Line::Radial { circle: false, at: middle });
    Some(Gradient { line, stops: stops(parts, units)? })
}

fn direction(text: &str) -> Option<Line> {
    if let Some(angle) = degrees(text) {
        return Some(Line::Angle(angle));
    }
    let (mut x, mut y) = (0.0, 0.0);
    for side in words(text.strip_prefix("to ")?) {
        match side {
            "left" if x == 0.0 => x = -1.0,
            "right" if x == 0.0 => x = 1.0,
            "top" if y == 0.0 => y = -1.0,
            "bottom" if y == 0.0 => y = 1.0,
            _ => return None,
        }
    }
    Some(match (x, y) {
        (0.0, 0.0) => return None,
        (0.0, y) => Line::Angle(if y < 0.0 { 0.0 } else { 180.0 }),
        (x, 0.0) => Line::Angle(if x < 0.0 { 270.0 } else { 90.0 }),
        (x, y) => Line::Corner(x, y),
    })
}

/// `circle at 20% 30%`.
fn shape(text: &str, units: &Units) -> Option<Line> {
    let (shape, at) = match text.split_once("at ") {
        Some((shape, at)) => (shape.trim(), Some(at)),
        None => (text, None),
    };
    let circle = match shape {
        "circle" => true,
        "ellipse" => false,
        "" if at.is_some() => false,
        _ => return None,
    };
    let Some(at) = at else {
        return Some(Line::Radial { circle, at: (Length::Part(0.5), Length::Part(0.5)) });
    };
    let place = |word| match word {
        "left" | "top" => Some(Length::Part(0.0)),
        "center" => Some(Length::Part(0.5)),
        "right" | "bottom" => Some(Length::Part(1.0)),
        word => length(word, units),
    };
    let mut words = words(at);
    let x = words.next()?;
    let y = words.next().unwrap_or("center");
    let (x, y) = if matches!(x, "top" | "bottom") || matches!(y, "left" | "right") {
        (y, x)
    } else {
        (x, y)
    };
    let at = (place(x)?, place(y)?);
    words.next().is_none().then_some(Line::Radial { circle, at })
}

fn stops<'a>(
    parts: impl Iterator<Item = &'a str>,
    units: &Units,
) -> Option<Vec<(Color, Option<Length>)>> {
    let mut stops = Vec::new();
    for part in parts {
        let mut words = words(part);
        let tint = color(words.next()?)?;
        let before = stops.len();
        for word in words {
            stops.push((tint, Some(length(word, units)?)));
        }
        if stops.len() == before {
            stops.push((tint, None));
        }
    }
    (stops.len() >= 2).then_some(stops)
}
