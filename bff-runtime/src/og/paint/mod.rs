//! From boxes with places to pixels.

mod frame;
mod glyphs;
mod gradient;
mod painter;
mod shadow;

pub(super) use self::painter::page;
