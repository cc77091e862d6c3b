use tiny_skia::Color;

use super::{
    color::color,
    values::{Units, list, pixels, words},
};

/// What a box or a letter throws behind it.
#[derive(Clone, Debug)]
pub(in crate::og) struct Shadow {
    pub(in crate::og) x: f32,
    pub(in crate::og) y: f32,
    pub(in crate::og) blur: f32,
    /// By how much it is larger than the box.
    pub(in crate::og) spread: f32,
    pub(in crate::og) color: Color,
}

/// The value of `box-shadow` and `text-shadow`.
pub(super) fn shadows(text: &str, units: &Units) -> Option<Vec<Shadow>> {
    if text == "none" {
        return Some(Vec::new());
    }
    list(text).map(|text| shadow(text, units)).collect()
}

fn shadow(text: &str, units: &Units) -> Option<Shadow> {
    let mut lengths = Vec::new();
    let mut tint = None;
    for word in words(text) {
        match pixels(word, units) {
            Some(length) => lengths.push(length),
            None if tint.is_none() => tint = Some(color(word)?),
            None => return None,
        }
    }
    let (x, y, blur, spread) = match lengths[..] {
        [x, y] => (x, y, 0.0, 0.0),
        [x, y, blur] => (x, y, blur, 0.0),
        [x, y, blur, spread] => (x, y, blur, spread),
        _ => return None,
    };
    (blur >= 0.0).then_some(Shadow { x, y, blur, spread, color: tint.unwrap_or(Color::BLACK) })
}
