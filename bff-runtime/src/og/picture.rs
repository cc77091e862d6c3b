use std::io::Cursor;

use axum::body::Bytes;
use image::{
    DynamicImage, ImageDecoder, ImageReader, Limits, RgbaImage, imageops::FilterType,
    metadata::Orientation,
};
use tiny_skia::{IntSize, Pixmap};

use super::drawing::MOST_PIXELS;
use crate::error::{Error, Result};

/// A picture that is given, of which no more than its first bytes are read.
pub(super) struct Picture {
    decoder: Box<dyn ImageDecoder>,
    orientation: Orientation,
    /// As it will stand.
    pub(super) width: u32,
    pub(super) height: u32,
}

/// What a decoder may ask for: the pixels at 16 bits a channel, and as much again.
const MOST_MEMORY: u64 = MOST_PIXELS as u64 * 16;

impl Picture {
    /// # Errors
    /// 500 when it is none, or too large to be decoded.
    pub(super) fn new(bytes: Bytes) -> Result<Self> {
        let mut decoder = decoder(bytes)?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let (width, height) = decoder.dimensions();
        let turned = matches!(
            orientation,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        );
        let (width, height) = if turned { (height, width) } else { (width, height) };
        Ok(Self { decoder, orientation, width, height })
    }

    pub(super) fn pixels(&self) -> usize {
        self.width as usize * self.height as usize
    }

    /// Its pixels, premultiplied, no more of them than are drawn in this size.
    pub(super) fn decode(self, width: f32, height: f32) -> Result<Pixmap> {
        let mut picture = DynamicImage::from_decoder(self.decoder)?;
        picture.apply_orientation(self.orientation);
        let mut picture = picture.into_rgba8();
        premultiply(&mut picture);
        // Made smaller here, with every pixel counted; the painter would skip some.
        let smaller = |of: u32, to: f32| (to.ceil().max(1.0) as u32).min(of);
        let (width, height) = (smaller(picture.width(), width), smaller(picture.height(), height));
        if (width, height) != picture.dimensions() {
            // No sharper filter: it would leave colors brighter than their alpha allows.
            picture = image::imageops::resize(&picture, width, height, FilterType::Triangle);
        }
        IntSize::from_wh(width, height)
            .and_then(|size| Pixmap::from_vec(picture.into_raw(), size))
            .ok_or_else(|| Error::msg("a picture in a picture is empty"))
    }
}

fn decoder(bytes: Bytes) -> Result<Box<dyn ImageDecoder>> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let cannot = |error| Error::msg(format_args!("a picture in a picture cannot be read: {error}"));
    let decoder = reader.into_decoder().map_err(cannot)?;
    let (width, height) = decoder.dimensions();
    if width as usize * height as usize > MOST_PIXELS {
        return Err(Error::msg(format_args!(
            "a picture in a picture is too large: {width} × {height} pixels"
        )));
    }
    Ok(Box::new(decoder))
}

fn premultiply(picture: &mut RgbaImage) {
    for pixel in picture.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let times = |part: u8| tiny_skia::ColorU8::from_rgba(part, 0, 0, alpha).premultiply().red();
        pixel.0 = [times(red), times(green), times(blue), alpha];
    }
}
