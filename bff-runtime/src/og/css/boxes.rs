use taffy::LengthPercentage;
use tiny_skia::Transform;

use super::{
    color::color,
    gradient::gradient,
    layout::sides,
    shadow::shadows,
    style::{Fit, Look, Step},
    values::{
        Length, Units, degrees, four, function, keyword, length, list, number, pixels, split, words,
    },
};

/// False when this is no property of a box, `None` when it has no such value.
pub(super) fn declare(
    layout: &mut taffy::Style,
    look: &mut Look,
    name: &str,
    value: &str,
    units: &Units,
) -> Option<bool> {
    match name {
        "background-color" => look.background = Some(color(value)?),
        "background-image" if value == "none" => look.gradients.clear(),
        "background-image" => {
            look.gradients = list(value).map(|one| gradient(one, units)).collect::<Option<_>>()?;
        }
        "background" => {
            (look.background, look.gradients) = (None, Vec::new());
            for layer in list(value).filter(|layer| *layer != "none") {
                match gradient(layer, units) {
                    Some(gradient) => look.gradients.push(gradient),
                    // The color is the last layer.
                    None if look.background.is_none() => look.background = Some(color(layer)?),
                    None => return None,
                }
            }
        }
        "border" => {
            let mut width = 3.0;
            (look.border, look.is_borderless) = (None, true);
            for word in words(value) {
                match word {
                    "solid" => look.is_borderless = false,
                    "none" => {}
                    word => match pixels(word, units) {
                        Some(pixels) if pixels >= 0.0 => width = pixels,
                        _ => look.border = Some(color(word)?),
                    },
                }
            }
            layout.border = sides([LengthPercentage::length(width); 4]);
        }
        "border-width" => {
            let width = |side: &str| pixels(side, units).filter(|width| *width >= 0.0);
            layout.border = sides(four(value, width)?.map(LengthPercentage::length));
        }
        "border-color" => look.border = Some(color(value)?),
        "border-style" => {
            look.is_borderless = keyword(value, &[("solid", false), ("none", true)])?;
        }
        "border-radius" => look.radii = radii(value, units)?,
        "box-shadow" => look.shadows = shadows(value, units)?,
        "opacity" => look.transparency = 1.0 - part(value)?.clamp(0.0, 1.0),
        "overflow" => {
            look.clips = keyword(value, &[("hidden", true), ("visible", false)])?;
            let overflow =
                if look.clips { taffy::Overflow::Hidden } else { taffy::Overflow::Visible };
            layout.overflow = taffy::Point { x: overflow, y: overflow };
        }
        "transform" if value == "none" => look.transform.clear(),
        "transform" => {
            let steps = split(value, char::is_whitespace).filter(|step| !step.is_empty());
            look.transform = steps.map(|text| step(text, units)).collect::<Option<_>>()?;
        }
        "object-fit" => {
            let fits = [
                ("fill", Fit::Fill),
                ("contain", Fit::Contain),
                ("cover", Fit::Cover),
                ("none", Fit::None),
                ("scale-down", Fit::ScaleDown),
            ];
            look.fit = keyword(value, &fits)?;
        }
        _ => return Some(false),
    }
    Some(true)
}

/// `0.5`, `50%`.
fn part(value: &str) -> Option<f32> {
    match value.strip_suffix('%') {
        Some(percent) => Some(number(percent)? / 100.0),
        None => number(value),
    }
}

/// Corners take one to four values too, clockwise from the top left.
fn radii(value: &str, units: &Units) -> Option<[Length; 4]> {
    four(value, |corner| {
        let radius = length(corner, units)?;
        (radius.of(1.0) >= 0.0).then_some(radius)
    })
}

fn step(text: &str, units: &Units) -> Option<Step> {
    if let Some(inside) = function(text, "translate") {
        let mut parts = list(inside).map(|part| length(part, units));
        let (x, y) = (parts.next()??, parts.next().unwrap_or_else(|| Some(Length::default()))?);
        return parts.next().is_none().then_some(Step::Move(x, y));
    }
    if let Some(angle) = function(text, "rotate") {
        return Some(Step::Other(Transform::from_rotate(degrees(angle)?)));
    }
    let mut parts = list(function(text, "scale")?).map(number);
    let x = parts.next()??;
    let y = parts.next().unwrap_or(Some(x))?;
    parts.next().is_none().then_some(Step::Other(Transform::from_scale(x, y)))
}
