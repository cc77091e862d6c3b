use std::{mem, sync::Arc};

use taffy::TaffyTree;
use tiny_skia::{
    FillRule, FilterQuality, Mask, Paint, Path, Pattern, Pixmap, PixmapPaint, Rect, Shader,
    SpreadMode, Transform,
};

use super::{frame::Frame, glyphs, gradient, shadow};
use crate::{
    error::{Error, Result},
    og::{
        clock::Clock,
        css::{Fit, Shadow, Step},
        fonts::Typesetter,
        layout::{Content, Element, Leaf, Page},
        picture::Picture,
    },
};

/// The page as pixels.
pub(in crate::og) fn page(
    page: Page,
    (width, height): (u32, u32),
    typesetter: &mut Typesetter,
    clock: Clock,
) -> Result<Pixmap> {
    let Page { boxes, mut root } = page;
    let mut painter = Painter { canvas: empty(width, height)?, boxes, typesetter, clock };
    painter.element(&mut root, (0.0, 0.0), &Place::default())?;
    Ok(painter.canvas)
}

struct Painter<'a> {
    canvas: Pixmap,
    boxes: TaffyTree<Leaf>,
    typesetter: &'a mut Typesetter,
    clock: Clock,
}

/// Where and how far something is seen.
#[derive(Clone, Default)]
struct Place {
    transform: Transform,
    clip: Option<Arc<Mask>>,
    /// How many canvases and masks are held for it.
    held: usize,
}

/// Each is as large as the picture.
const MOST_HELD: usize = 8;

impl Place {
    /// The place of something for which one more of them is held.
    fn held(&self) -> Result<Self> {
        if self.held >= MOST_HELD {
            return Err(Error::msg(format_args!(
                "more than {MOST_HELD} nodes with `opacity` or `overflow: hidden` are in each other"
            )));
        }
        Ok(Self { held: self.held + 1, ..self.clone() })
    }
}

fn empty(width: u32, height: u32) -> Result<Pixmap> {
    Pixmap::new(width, height).ok_or_else(|| Error::msg("a picture has no size"))
}

impl Painter<'_> {
    fn element(&mut self, element: &mut Element, above: (f32, f32), place: &Place) -> Result {
        self.clock.check()?;
        let layout = self.boxes.layout(element.id)?;
        let (x, y) = (above.0 + layout.location.x, above.1 + layout.location.y);
        let frame = Frame::new(x, y, layout.size.width, layout.size.height, element.look.radii);
        let Some(frame) = frame.filter(|_| element.is_shown) else { return Ok(()) };
        let mut place = place.clone();
        place.transform = transformed(place.transform, frame, &element.look.transform);
        if element.look.transparency <= 0.0 {
            return self.opaque(element, frame, place);
        }
        let place = place.held()?;
        let layer = empty(self.canvas.width(), self.canvas.height())?;
        let below = mem::replace(&mut self.canvas, layer);
        self.opaque(element, frame, place)?;
        let layer = mem::replace(&mut self.canvas, below);
        let opacity = 1.0 - element.look.transparency;
        let paint = PixmapPaint { opacity, ..PixmapPaint::default() };
        self.canvas.draw_pixmap(0, 0, layer.as_ref(), &paint, Transform::identity(), None);
        Ok(())
    }

    fn opaque(&mut self, element: &mut Element, frame: Frame, place: Place) -> Result {
        let look = &element.look;
        let (border, padding) = {
            let layout = self.boxes.layout(element.id)?;
            (layout.border, layout.padding)
        };
        let inner = frame.within(border);
        if let Some(path) = frame.path() {
            for shadow in look.shadows.iter().rev() {
                if let Some(shape) = frame.spread(shadow.spread).path() {
                    self.shadow(&shape, Some(&path), shadow, &place)?;
                }
            }
            if let Some(color) = look.background {
                self.fill(&path, Shader::SolidColor(color), FillRule::Winding, &place);
            }
            for written in look.gradients.iter().rev() {
                if let Some(shader) = gradient::shader(written, frame) {
                    self.fill(&path, shader, FillRule::Winding, &place);
                }
            }
        }
        if inner != frame
            && let Some(ring) = frame.ring(inner)
        {
            let color = look.border.unwrap_or(element.text.color);
            self.fill(&ring, Shader::SolidColor(color), FillRule::EvenOdd, &place);
        }
        let place = if look.clips { self.clipped(inner, &place)? } else { place };
        let fit = look.fit;
        match &mut element.content {
            Content::Elements(children) => {
                for child in children {
                    self.element(child, (frame.x, frame.y), &place)?;
                }
                Ok(())
            }
            Content::Text => self.text(element, inner.within(padding), &place),
            Content::Picture(picture) => match picture.take() {
                Some(picture) => self.picture(picture, fit, inner.within(padding), &place),
                None => Ok(()),
            },
        }
    }

    fn text(&mut self, element: &Element, frame: Frame, place: &Place) -> Result {
        // Not the rounded width: a line that fits in one may not fit in the other.
        let layout = self.boxes.unrounded_layout(element.id);
        let sides = layout.border + layout.padding;
        let width = (layout.size.width - sides.left - sides.right).max(0.0);
        let Some(Leaf::Text(paragraph)) = self.boxes.get_node_context_mut(element.id) else {
            return Ok(());
        };
        let lines = paragraph.set(width, self.typesetter);
        // Turned or moved, any line may be seen.
        let is_here = place.transform.is_identity();
        let bottom = if is_here { self.canvas.height() as f32 } else { f32::MAX };
        let lines = glyphs::outlines(lines, (frame.x, frame.y), bottom);
        for shadow in element.text.shadows.iter().rev() {
            for line in &lines {
                self.shadow(line, None, shadow, place)?;
            }
        }
        for line in &lines {
            self.clock.check()?;
            self.fill(line, Shader::SolidColor(element.text.color), FillRule::Winding, place);
        }
        Ok(())
    }

    fn picture(&mut self, picture: Picture, fit: Fit, frame: Frame, place: &Place) -> Result {
        let (width, height) = (picture.width as f32, picture.height as f32);
        let (across, down) = (frame.width / width, frame.height / height);
        let (across, down) = match fit {
            Fit::Fill => (across, down),
            Fit::Contain => (across.min(down), across.min(down)),
            Fit::Cover => (across.max(down), across.max(down)),
            Fit::None => (1.0, 1.0),
            Fit::ScaleDown => (across.min(down).min(1.0), across.min(down).min(1.0)),
        };
        let (width, height) = (width * across, height * down);
        let (x, y) = (frame.middle().0 - width / 2.0, frame.middle().1 - height / 2.0);
        let Some(all) = Frame::new(x, y, width, height, Default::default()) else { return Ok(()) };
        let Some(path) = all.cut(frame).path() else { return Ok(()) };
        // As large as it is seen: pixels that a `scale` would need are not given away.
        let (seen_width, seen_height) = stretched(place.transform, width, height);
        let pixels = picture.decode(seen_width, seen_height)?;
        let (pixels_across, pixels_down) = (pixels.width() as f32, pixels.height() as f32);
        let (across, down) = (width / pixels_across, height / pixels_down);
        let quality = if seen_width > pixels_across || seen_height > pixels_down {
            FilterQuality::Bicubic
        } else {
            FilterQuality::Bilinear
        };
        let stretch = Transform::from_scale(across, down).post_translate(x, y);
        let pattern = Pattern::new(pixels.as_ref(), SpreadMode::Pad, quality, 1.0, stretch);
        self.fill(&path, pattern, FillRule::Winding, place);
        Ok(())
    }

    fn shadow(
        &mut self,
        shape: &Path,
        under: Option<&Path>,
        shadow: &Shadow,
        place: &Place,
    ) -> Result {
        self.clock.check()?;
        let Some(seen) = self.seen(place.transform) else { return Ok(()) };
        let Some(drawn) = shadow::draw(shape, under, shadow, seen)? else { return Ok(()) };
        let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
        let transform = place.transform.pre_translate(drawn.x, drawn.y);
        let clip = place.clip.as_deref();
        self.canvas.draw_pixmap(0, 0, drawn.pixels.as_ref(), &paint, transform, clip);
        Ok(())
    }

    /// The part of what is drawn with this transform that lies in the picture; `None` when it is squeezed to nothing.
    fn seen(&self, transform: Transform) -> Option<Rect> {
        let (width, height) = (self.canvas.width() as f32, self.canvas.height() as f32);
        Rect::from_xywh(0.0, 0.0, width, height)?.transform(transform.invert()?)
    }

    fn fill(&mut self, path: &Path, shader: Shader<'_>, rule: FillRule, place: &Place) {
        let paint = Paint { shader, ..Paint::default() };
        self.canvas.fill_path(path, &paint, rule, place.transform, place.clip.as_deref());
    }

    /// The place of what is only seen within this box.
    fn clipped(&self, frame: Frame, place: &Place) -> Result<Place> {
        let place = place.held()?;
        let mut mask = match &place.clip {
            Some(mask) => Mask::clone(mask),
            None => {
                let mut all = Mask::new(self.canvas.width(), self.canvas.height())
                    .ok_or_else(|| Error::msg("a picture has no size"))?;
                all.invert();
                all
            }
        };
        match frame.path() {
            Some(path) => mask.intersect_path(&path, FillRule::Winding, true, place.transform),
            None => mask.clear(),
        }
        Ok(Place { clip: Some(Arc::new(mask)), ..place })
    }
}

/// How wide and how high a box of this size is in the picture.
fn stretched(transform: Transform, width: f32, height: f32) -> (f32, f32) {
    (width * transform.sx.hypot(transform.ky), height * transform.kx.hypot(transform.sy))
}

/// Steps happen around the middle of the box.
fn transformed(transform: Transform, frame: Frame, steps: &[Step]) -> Transform {
    if steps.is_empty() {
        return transform;
    }
    let (x, y) = frame.middle();
    let around = steps.iter().fold(transform.pre_translate(x, y), |transform, step| match step {
        Step::Move(x, y) => transform.pre_translate(x.of(frame.width), y.of(frame.height)),
        Step::Other(step) => transform.pre_concat(*step),
    });
    around.pre_translate(-x, -y)
}
