use color::Srgb;
use tiny_skia::Color;

/// Any color of CSS; those that no screen has become the nearest.
pub(super) fn color(text: &str) -> Option<Color> {
    let [red, green, blue, alpha] =
        color::parse_color(text).ok()?.to_alpha_color::<Srgb>().components;
    let within = |part: f32| if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) };
    Color::from_rgba(within(red), within(green), within(blue), within(alpha))
}
