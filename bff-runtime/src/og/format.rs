use image::{
    ExtendedColorType, ImageEncoder,
    codecs::{
        png::{CompressionType, FilterType, PngEncoder},
        webp::WebPEncoder,
    },
};
use tiny_skia::Pixmap;

use crate::error::Result;

/// What a picture is sent as. Both keep every pixel as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// `image/png`, which everybody reads who shows previews of links.
    #[default]
    Png,
    /// `image/webp`, without loss: often smaller.
    WebP,
}

impl Format {
    /// Its media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }

    pub(super) fn encode(self, picture: Pixmap) -> Result<Vec<u8>> {
        let (width, height) = (picture.width(), picture.height());
        let mut pixels = picture.take_demultiplied();
        let mut kind = ExtendedColorType::Rgba8;
        if pixels.chunks_exact(4).all(|pixel| pixel.last() == Some(&255)) {
            // Nothing is seen through it.
            kind = ExtendedColorType::Rgb8;
            pixels =
                pixels.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3)).copied().collect();
        }
        let mut bytes = Vec::new();
        match self {
            Self::Png => {
                let (compression, filter) = (CompressionType::Default, FilterType::Adaptive);
                PngEncoder::new_with_quality(&mut bytes, compression, filter)
                    .write_image(&pixels, width, height, kind)?;
            }
            Self::WebP => {
                WebPEncoder::new_lossless(&mut bytes).write_image(&pixels, width, height, kind)?
            }
        }
        Ok(bytes)
    }
}
