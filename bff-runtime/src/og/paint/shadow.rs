use tiny_skia::{ColorU8, FillRule, Mask, Path, Pixmap, PremultipliedColorU8, Rect, Transform};

use crate::{
    error::{Error, Result},
    og::{css::Shadow, drawing::MOST_PIXELS},
};

/// A shadow of this shape, and where it lies.
pub(super) struct Drawn {
    pub(super) pixels: Pixmap,
    pub(super) x: f32,
    pub(super) y: f32,
}

/// As much of it as lies in `seen`; `None` when there is nothing to see. Under the box itself there is no shadow (CSS
/// Backgrounds and Borders 3, section 6.1).
pub(super) fn draw(
    shape: &Path,
    under: Option<&Path>,
    shadow: &Shadow,
    seen: Rect,
) -> Result<Option<Drawn>> {
    let bounds = shape.bounds();
    // Three standard deviations, each half of the blur. What lies farther than that from what is seen has no part in it.
    let reach = (shadow.blur * 1.5).ceil() + 1.0;
    let (seen_x, seen_y) = (seen.left() - shadow.x, seen.top() - shadow.y);
    let (seen_right, seen_bottom) = (seen.right() - shadow.x, seen.bottom() - shadow.y);
    let x = (bounds.left().max(seen_x) - reach).floor();
    let y = (bounds.top().max(seen_y) - reach).floor();
    let width = (bounds.right().min(seen_right) + reach).ceil() - x;
    let height = (bounds.bottom().min(seen_bottom) + reach).ceil() - y;
    if width <= 0.0 || height <= 0.0 {
        return Ok(None);
    }
    if width * height > 2.0 * MOST_PIXELS as f32 {
        return Err(Error::msg("a shadow is too large"));
    }
    let size = (width as u32, height as u32);
    let Some(mut mask) = Mask::new(size.0, size.1) else { return Ok(None) };
    mask.fill_path(shape, FillRule::Winding, true, Transform::from_translate(-x, -y));
    if shadow.blur > 0.0 {
        blur(mask.data_mut(), size.0 as usize, shadow.blur / 2.0);
    }
    if let Some(under) = under
        && let Some(mut hidden) = Mask::new(size.0, size.1)
    {
        let place = Transform::from_translate(-x - shadow.x, -y - shadow.y);
        hidden.fill_path(under, FillRule::Winding, true, place);
        for (alpha, hidden) in mask.data_mut().iter_mut().zip(hidden.data()) {
            *alpha = times(*alpha, 255 - hidden);
        }
    }
    let Some(mut pixels) = Pixmap::new(size.0, size.1) else { return Ok(None) };
    let color = shadow.color.to_color_u8();
    let tints: Vec<PremultipliedColorU8> = (0..=255)
        .map(|alpha| {
            let alpha = times(color.alpha(), alpha);
            ColorU8::from_rgba(color.red(), color.green(), color.blue(), alpha).premultiply()
        })
        .collect();
    for (pixel, alpha) in pixels.pixels_mut().iter_mut().zip(mask.data()) {
        if let Some(tint) = tints.get(usize::from(*alpha)) {
            *pixel = *tint;
        }
    }
    Ok(Some(Drawn { pixels, x: x + shadow.x, y: y + shadow.y }))
}

/// The product of two parts of 255.
fn times(one: u8, other: u8) -> u8 {
    // At most 255 again.
    ((u32::from(one) * u32::from(other) + 127) / 255) as u8
}

/// A Gaussian blur, as three times the mean of a window, in both directions (Filter Effects 1, section 9.8).
fn blur(data: &mut [u8], width: usize, deviation: f32) {
    if width == 0 {
        return;
    }
    let window = deviation * 3.0 * std::f32::consts::TAU.sqrt() / 4.0 + 0.5;
    let radius = (window / 2.0) as usize;
    if radius == 0 {
        return;
    }
    let height = data.len() / width;
    blur_lines(data, width, radius);
    let mut turned = transposed(data, width);
    blur_lines(&mut turned, height, radius);
    data.copy_from_slice(&transposed(&turned, height));
}

fn transposed(data: &[u8], width: usize) -> Vec<u8> {
    (0..width).flat_map(|x| data.iter().skip(x).step_by(width).copied()).collect()
}

fn blur_lines(data: &mut [u8], length: usize, radius: usize) {
    let mut sums: Vec<u32> = Vec::with_capacity(length + 1);
    let window = 2 * radius as u32 + 1;
    for line in data.chunks_exact_mut(length) {
        for _ in 0..3 {
            sums.clear();
            sums.push(0);
            let mut sum = 0;
            sums.extend(line.iter().map(|alpha| {
                sum += u32::from(*alpha);
                sum
            }));
            for (at, alpha) in line.iter_mut().enumerate() {
                let from = sums.get(at.saturating_sub(radius)).copied().unwrap_or_default();
                let to = sums.get(at + radius + 1).copied().unwrap_or(sum);
                // A mean of bytes is one.
                *alpha = ((to - from + window / 2) / window) as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mdo_06_a_blur_spreads_what_there_is_and_keeps_it() {
        let mut data = vec![0; 41 * 31];
        let middle = 15 * 41 + 20;
        for at in [middle, middle + 1, middle - 1, middle + 41, middle - 41] {
            data[at] = 255;
        }
        let before: u32 = data.iter().map(|alpha| u32::from(*alpha)).sum();
        blur(&mut data, 41, 2.0);
        let after: u32 = data.iter().map(|alpha| u32::from(*alpha)).sum();
        assert!(data[middle] < 100 && data[middle] > data[middle + 3]);
        assert_eq!(data[middle + 3], data[middle - 3], "to both sides alike");
        assert_eq!(data[middle + 3 * 41], data[middle + 3], "and in both directions");
        assert!(before.abs_diff(after) < before / 4, "{before} {after}");
        let mut even = vec![200; 30 * 30];
        blur(&mut even, 30, 1.0);
        assert_eq!(even[15 * 30 + 15], 200);
    }
}
