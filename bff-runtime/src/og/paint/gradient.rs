use tiny_skia::{
    Color, GradientStop, LinearGradient, Point, RadialGradient, Shader, SpreadMode, Transform,
};

use super::frame::Frame;
use crate::og::css::{Gradient, Length, Line};

/// The gradient over this box. `None` for one that has no extent.
pub(super) fn shader(gradient: &Gradient, frame: Frame) -> Option<Shader<'static>> {
    let (x, y) = frame.middle();
    let Frame { width, height, .. } = frame;
    let (sine, cosine) = match gradient.line {
        Line::Radial { circle, at } => return radial(gradient, frame, circle, at),
        Line::Angle(degrees) => degrees.to_radians().sin_cos(),
        // The colors of the middle go from one of the other corners to the other (CSS Images 3, section 3.1.1).
        Line::Corner(right, down) => {
            let (sine, cosine) = (right * height, -down * width);
            let length = sine.hypot(cosine);
            if length == 0.0 {
                return None;
            }
            (sine / length, cosine / length)
        }
    };
    let length = (width * sine).abs() + (height * cosine).abs();
    let stops = places(&gradient.stops, length);
    let (first, last) = reach(&stops);
    // From the middle along the line, where 0 is its start and 1 its end.
    let at = |place: f32| {
        let distance = (place - 0.5) * length;
        Point::from_xy(x + sine * distance, y - cosine * distance)
    };
    let stops = tinted(&stops, first, last);
    LinearGradient::new(at(first), at(last), stops, SpreadMode::Pad, Transform::identity())
}

/// To the farthest corner.
fn radial(
    gradient: &Gradient,
    frame: Frame,
    circle: bool,
    (x, y): (Length, Length),
) -> Option<Shader<'static>> {
    let Frame { width, height, .. } = frame;
    let (x, y) = (x.of(width), y.of(height));
    let (far_x, far_y) = (x.abs().max((width - x).abs()), y.abs().max((height - y).abs()));
    let (radius_x, radius_y) = if circle {
        (far_x.hypot(far_y), far_x.hypot(far_y))
    } else {
        (far_x * std::f32::consts::SQRT_2, far_y * std::f32::consts::SQRT_2)
    };
    if radius_x <= 0.0 || radius_y <= 0.0 {
        return None;
    }
    let stops = places(&gradient.stops, radius_x);
    let (_, last) = reach(&stops);
    let unit = Transform::from_scale(radius_x * last, radius_y * last)
        .post_translate(frame.x + x, frame.y + y);
    let stops = tinted(&stops, 0.0, last);
    let middle = Point::zero();
    RadialGradient::new(middle, 0.0, middle, 1.0, stops, SpreadMode::Pad, unit)
}

/// Every stop with its place: those that have none are spread evenly between those that have one, and none is before
/// another (CSS Images 3, section 3.5.3).
fn places(written: &[(Color, Option<Length>)], length: f32) -> Vec<(f32, Color)> {
    let count = written.len();
    let mut places: Vec<Option<f32>> = written
        .iter()
        .map(|(_, place)| place.map(|place| place.of(length) / length.max(f32::MIN_POSITIVE)))
        .collect();
    for (index, end) in [(0, 0.0), (count.saturating_sub(1), 1.0)] {
        if let Some(place @ None) = places.get_mut(index) {
            *place = Some(end);
        }
    }
    let mut last = f32::MIN;
    for place in places.iter_mut().flatten() {
        last = last.max(*place);
        *place = last;
    }
    let mut stops = Vec::with_capacity(count);
    let mut before = 0.0;
    let mut missing = 0;
    for (index, place) in places.iter().enumerate() {
        let Some(place) = place else {
            missing += 1;
            continue;
        };
        let step = (place - before) / (missing + 1) as f32;
        let spread = (1..=missing).map(|nth| before + step * nth as f32).chain([*place]);
        let colors = written.iter().skip(index - missing);
        stops.extend(spread.zip(colors).map(|(at, (color, _))| (at, *color)));
        (before, missing) = (*place, 0);
    }
    stops
}

/// From where to where the stops are, which is the whole line at least.
fn reach(stops: &[(f32, Color)]) -> (f32, f32) {
    stops.iter().fold((0.0, 1.0), |(first, last), (at, _)| (at.min(first), at.max(last)))
}

/// The stops of a line from `first` to `last`.
///
/// Colors are mixed before they are premultiplied here, and after it in CSS: what is transparent would be a dark or a
/// bright fringe. So it has the color that it fades to, on either side.
fn tinted(stops: &[(f32, Color)], first: f32, last: f32) -> Vec<GradientStop> {
    let mut tinted = Vec::with_capacity(stops.len());
    for (index, (at, color)) in stops.iter().enumerate() {
        let at = (at - first) / (last - first);
        if color.alpha() > 0.0 {
            tinted.push(GradientStop::new(at, *color));
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| stops.get(before));
        for (_, neighbour) in [before, stops.get(index + 1)].into_iter().flatten() {
            let mut color = *neighbour;
            color.set_alpha(0.0);
            tinted.push(GradientStop::new(at, color));
        }
    }
    tinted
}
