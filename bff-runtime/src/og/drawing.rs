use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use axum::body::Bytes;

use super::{
    Format, ImageResponse, Node,
    clock::{Clock, late},
    fonts::Typesetter,
    layout::Page,
    node::MOST_DEPTH,
    paint,
};
use crate::{
    error::{Error, Result},
    pool::Pool,
};

/// A picture that is still to be drawn.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> bff::Result {
/// use bff::og::{Format, Image, text};
///
/// let icon = text("b").style(
///     "background: #1d4ed8; border-radius: 8px; color: white; font-weight: 700; font-size: 24px; \
///      text-align: center",
/// );
/// let icon = Image::new(icon).size(32, 32).format(Format::WebP).render().await?;
/// assert_eq!(icon.bytes()[..4], *b"RIFF");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is drawn until it is rendered"]
pub struct Image {
    root: Node,
    width: u32,
    height: u32,
    format: Format,
    fonts: Vec<Bytes>,
    timeout: Duration,
}

/// A side of a picture, in pixels.
const LONGEST_SIDE: u32 = 4096;

/// Of a picture, and of all pictures in it together.
pub(super) const MOST_PIXELS: usize = 8 * 1024 * 1024;

const MOST_NODES: usize = 1000;

/// Of text, in bytes.
const MOST_TEXT: usize = 32 * 1024;

static POOL: LazyLock<Pool> = LazyLock::new(|| Pool::of_machine("a picture"));

impl Image {
    /// A picture of this node, 1200 × 630 pixels, as PNG (MDO-04).
    pub fn new(root: Node) -> Self {
        Self {
            root,
            width: 1200,
            height: 630,
            format: Format::Png,
            fonts: Vec::new(),
            timeout: Duration::from_secs(5),
        }
    }

    /// How large it is, in pixels.
    pub fn size(mut self, width: u32, height: u32) -> Self {
        (self.width, self.height) = (width, height);
        self
    }

    /// What it is sent as.
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Adds a font, from the bytes of a TrueType or OpenType file; variable ones have all their weights.
    ///
    /// Its family, weight and style are those that the file has. Text without a `font-family` is in the first font
    /// that was added; what a font does not have is looked for in the others, and then in Inter.
    pub fn font(mut self, bytes: impl Into<Bytes>) -> Self {
        self.fonts.push(bytes.into());
        self
    }

    /// How long it may take, waiting for others included; five seconds without it.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Draws it, on a thread for such work: as many pictures at a time as the machine has cores, and 64 wait.
    ///
    /// # Errors
    /// 503 with `Retry-After` when too many wait already. 500, with the cause for the log alone (MDO-07):
    ///
    /// - for a declaration, a font or a picture that is not understood,
    /// - when it has more than 4096 pixels a side or 8 Mi in all, the pictures in it together more than 8 Mi, more than
    ///   1000 nodes, 32 of them in each other, 8 of these with `opacity` or `overflow: hidden`, or 32 KiB of text,
    /// - when one shadow, as far as it is seen and with its blur, has more than 16 Mi pixels,
    /// - when it takes too long.
    ///
    /// A length is at most 100 000 pixels and a letter 4096 high; a larger one is not understood. A box that is farther away
    /// than that, or as large, is not drawn.
    pub async fn render(self) -> Result<ImageResponse> {
        self.check()?;
        let timeout = self.timeout;
        // One so far away that there is no word for it is none.
        let clock = Clock(Instant::now().checked_add(timeout));
        let drawn = POOL.run(move || self.draw(clock));
        tokio::time::timeout(timeout, drawn).await.map_err(|_| late())?
    }

    fn check(&self) -> Result {
        let Self { root, width, height, .. } = self;
        let sides = 1..=LONGEST_SIDE;
        if !sides.contains(width)
            || !sides.contains(height)
            || *width as usize * *height as usize > MOST_PIXELS
        {
            return Err(Error::msg(format_args!("no size for a picture: {width} × {height}")));
        }
        for (what, count, most) in [
            ("nodes", root.count, MOST_NODES),
            ("nodes in each other", root.depth, MOST_DEPTH),
            ("bytes of text", root.length, MOST_TEXT),
        ] {
            if count > most {
                return Err(Error::msg(format_args!(
                    "a picture has {count} {what}, and {most} is the most"
                )));
            }
        }
        Ok(())
    }

    pub(super) fn draw(self, clock: Clock) -> Result<ImageResponse> {
        clock.check()?;
        let mut typesetter = Typesetter::new(self.fonts)?;
        let size = (self.width as f32, self.height as f32);
        let page = Page::new(self.root, size, &mut typesetter, clock)?;
        let picture = paint::page(page, (self.width, self.height), &mut typesetter, clock)?;
        clock.check()?;
        Ok(ImageResponse::new(self.format, self.format.encode(picture)?))
    }
}
