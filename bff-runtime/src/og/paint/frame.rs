use tiny_skia::{Path, PathBuilder, Rect};

use crate::og::css::Length;

/// A box with round corners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Half the axes of each corner's ellipse, clockwise from the top left.
    radii: [(f32, f32); 4],
}

/// How far out of the picture something may lie and still be looked at.
const FARTHEST: f32 = 100_000.0;

/// How long the handles of a cubic curve are that stands for a quarter of a circle.
const HANDLE: f32 = 0.552_284_8;

impl Frame {
    /// `None` for a box that is nowhere near the picture, or has no size that can be drawn.
    pub(super) fn new(x: f32, y: f32, width: f32, height: f32, radii: [Length; 4]) -> Option<Self> {
        let is_near = |length: f32| length.abs() <= FARTHEST;
        if ![x, y, width, height].into_iter().all(is_near) || width < 0.0 || height < 0.0 {
            return None;
        }
        let radii = radii.map(|radius| (radius.of(width).max(0.0), radius.of(height).max(0.0)));
        Some(Self { x, y, width, height, radii }.fitted())
    }

    /// Corners that overlap become smaller together (CSS Backgrounds and Borders 3, section 4.5).
    fn fitted(mut self) -> Self {
        let [(ax, ay), (bx, by), (cx, cy), (dx, dy)] = self.radii;
        let sides = [
            (self.width, ax + bx),
            (self.height, by + cy),
            (self.width, cx + dx),
            (self.height, dy + ay),
        ];
        let too_long = sides.into_iter().filter(|(side, sum)| sum > side);
        let times = too_long.map(|(side, sum)| side / sum).fold(1.0, f32::min);
        self.radii = self.radii.map(|(x, y)| (x * times, y * times));
        self
    }

    /// The same box without this much of its sides; its corners follow.
    pub(super) fn within(self, sides: taffy::Rect<f32>) -> Self {
        let taffy::Rect { left, right, top, bottom } = sides;
        let [a, b, c, d] = self.radii;
        let less = |(x, y): (f32, f32), dx: f32, dy: f32| ((x - dx).max(0.0), (y - dy).max(0.0));
        Self {
            x: self.x + left,
            y: self.y + top,
            width: (self.width - left - right).max(0.0),
            height: (self.height - top - bottom).max(0.0),
            radii: [
                less(a, left, top),
                less(b, right, top),
                less(c, right, bottom),
                less(d, left, bottom),
            ],
        }
        .fitted()
    }

    /// The same box, larger on all sides; square corners stay.
    pub(super) fn spread(self, by: f32) -> Self {
        let radii = self.radii.map(|(x, y)| {
            let more = |radius: f32| if radius > 0.0 { (radius + by).max(0.0) } else { 0.0 };
            (more(x), more(y))
        });
        let sides = taffy::Rect { left: -by, right: -by, top: -by, bottom: -by };
        Self { radii, ..self.within(sides) }.fitted()
    }

    /// This box as far as it lies in the other, with the corners of the other.
    pub(super) fn cut(self, other: Self) -> Self {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let right = (self.x + self.width).min(other.x + other.width);
        let bottom = (self.y + self.height).min(other.y + other.height);
        let (width, height) = ((right - x).max(0.0), (bottom - y).max(0.0));
        Self { x, y, width, height, radii: other.radii }.fitted()
    }

    pub(super) fn middle(self) -> (f32, f32) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    pub(super) fn path(self) -> Option<Path> {
        let mut builder = PathBuilder::new();
        self.add_to(&mut builder);
        builder.finish()
    }

    /// What is between this box and the one in it, to be filled by the even-odd rule.
    pub(super) fn ring(self, inner: Self) -> Option<Path> {
        let mut builder = PathBuilder::new();
        self.add_to(&mut builder);
        inner.add_to(&mut builder);
        builder.finish()
    }

    fn add_to(self, builder: &mut PathBuilder) {
        let Self { x, y, width, height, radii } = self;
        let Some(rect) = Rect::from_xywh(x, y, width, height) else { return };
        if width == 0.0 || height == 0.0 {
            return;
        }
        if radii.iter().all(|(x, y)| *x <= 0.0 || *y <= 0.0) {
            builder.push_rect(rect);
            return;
        }
        let (right, bottom) = (x + width, y + height);
        let [(ax, ay), (bx, by), (cx, cy), (dx, dy)] = radii;
        // Of a handle, what is left of the radius.
        let rest = |radius: f32| radius * (1.0 - HANDLE);
        builder.move_to(x + ax, y);
        builder.line_to(right - bx, y);
        builder.cubic_to(right - rest(bx), y, right, y + rest(by), right, y + by);
        builder.line_to(right, bottom - cy);
        builder.cubic_to(right, bottom - rest(cy), right - rest(cx), bottom, right - cx, bottom);
        builder.line_to(x + dx, bottom);
        builder.cubic_to(x + rest(dx), bottom, x, bottom - rest(dy), x, bottom - dy);
        builder.line_to(x, y + ay);
        builder.cubic_to(x, y + rest(ay), x + rest(ax), y, x + ax, y);
        builder.close();
    }
}
