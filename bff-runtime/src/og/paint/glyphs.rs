use parley::{Layout, PositionedLayoutItem, layout::GlyphRun};
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    instance::{LocationRef, NormalizedCoord, Size},
    outline::{DrawSettings, OutlinePen},
};
use tiny_skia::{Path, PathBuilder, Rect, Stroke};

/// The outlines of a text whose top left corner is here, line by line; of lines below `bottom` there is none.
pub(super) fn outlines(layout: &Layout<()>, (x, y): (f32, f32), bottom: f32) -> Vec<Path> {
    layout
        .lines()
        .take_while(|line| y + line.metrics().content_block_min_coord <= bottom)
        .filter_map(|line| {
            let mut builder = PathBuilder::new();
            for item in line.items() {
                if let PositionedLayoutItem::GlyphRun(run) = item {
                    add(&run, (x, y), &mut builder);
                }
            }
            builder.finish()
        })
        .collect()
}

fn add(run: &GlyphRun<'_, ()>, (x, y): (f32, f32), builder: &mut PathBuilder) {
    decorate(run, (x, y), builder);
    let (data, size) = (run.run().font(), run.run().font_size());
    let Ok(font) = FontRef::from_index(data.data.as_ref(), data.index) else { return };
    let coordinates: Vec<NormalizedCoord> = run
        .run()
        .normalized_coords()
        .iter()
        .map(|coordinate| NormalizedCoord::from_bits(coordinate.to_bits()))
        .collect();
    let outlines = font.outline_glyphs();
    let synthesis = run.run().synthesis();
    let slant = synthesis.skew().unwrap_or_default().to_radians().tan();
    let mut letters = PathBuilder::new();
    for glyph in run.positioned_glyphs() {
        let Some(outline) = outlines.get(GlyphId::new(glyph.id)) else { continue };
        let settings = DrawSettings::unhinted(Size::new(size), LocationRef::new(&coordinates));
        let mut pen = Pen { builder: &mut letters, x: x + glyph.x, y: y + glyph.y, slant };
        // What a font describes wrongly is left out, as a browser does it.
        let _ = outline.draw(settings, &mut pen);
    }
    let Some(letters) = letters.finish() else { return };
    if synthesis.embolden() {
        // A font without bold letters gets them by thicker lines.
        let stroke = Stroke { width: size / 24.0, ..Stroke::default() };
        if let Some(thicker) = letters.stroke(&stroke, 1.0) {
            builder.push_path(&thicker);
        }
    }
    builder.push_path(&letters);
}

/// Lines under and through the text, as the font has them.
fn decorate(run: &GlyphRun<'_, ()>, (x, y): (f32, f32), builder: &mut PathBuilder) {
    let metrics = run.run().font_metrics();
    let style = run.style();
    for (is_there, offset, size) in [
        (style.underline.is_some(), metrics.underline_offset, metrics.underline_size),
        (style.strikethrough.is_some(), metrics.strikethrough_offset, metrics.strikethrough_size),
    ] {
        let top = y + run.baseline() - offset;
        let rect = Rect::from_xywh(x + run.offset(), top, run.advance(), size.max(1.0));
        if is_there && let Some(rect) = rect {
            builder.push_rect(rect);
        }
    }
}

/// Writes an outline, which has its y axis upwards, at its place.
struct Pen<'a> {
    builder: &'a mut PathBuilder,
    x: f32,
    y: f32,
    slant: f32,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x + y * self.slant, self.y - y)
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let ((cx, cy), (x, y)) = (self.at(cx, cy), self.at(x, y));
        self.builder.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let ((ax, ay), (bx, by), (x, y)) = (self.at(ax, ay), self.at(bx, by), self.at(x, y));
        self.builder.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}
