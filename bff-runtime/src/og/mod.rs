//! Pictures that are drawn for a request: what a link looks like where it is shared. With the feature `og`.
//!
//! ```
//! use bff::{Result, og::{Image, ImageResponse, div, text}};
//!
//! // app/og/[title]/route.rs, #[get]
//! async fn show(title: String) -> Result<ImageResponse> {
//!     let page = div([
//!         text(title).style("font-size: 72px; font-weight: 700; line-clamp: 3"),
//!         text("example.com").style("font-size: 28px; color: #94a3b8"),
//!     ]);
//!     let page = page.style(
//!         "flex-direction: column; justify-content: space-between; padding: 64px; \
//!          color: white; background: linear-gradient(135deg, #0f172a, #1d4ed8)",
//!     );
//!     Image::new(page).render().await
//! }
//! ```
//!
//! A picture is a tree of three kinds of nodes: [`div`], [`text`](fn@text) and [`img`]. What a node looks like is
//! CSS, as declarations in a string, because that is what everybody knows and what examples are written in; a builder
//! with a method for each property would be a second name for all of them. Nodes are values and no markup: what users
//! write is text and stays text, nothing has to be escaped. It has no place in a style, though, which is a part of the
//! program.
//!
//! The layout is flexbox. As in Satori, which Next.js draws with, a `div` is `display: flex` and
//! `position: relative`; every box includes its padding and border unless it has `box-sizing: content-box`. The first node
//! fills the picture. Long words break rather than leave their box.
//!
//! | for | properties |
//! |---|---|
//! | the layout | `display` (`flex`, `block`, `none`), `box-sizing`, `position` (`relative`, `absolute`, `static`), `top right bottom left inset`, `width height`, `min-*`, `max-*`, `aspect-ratio`, `margin*`, `padding*`, `flex`, `flex-grow`, `flex-shrink`, `flex-basis`, `flex-direction`, `flex-wrap`, `gap`, `row-gap`, `column-gap`, `align-items`, `align-self`, `align-content`, `justify-content` |
//! | boxes | `background`, `background-color`, `background-image` (`linear-gradient`, `radial-gradient`, several), `border`, `border-width`, `border-style` (`solid`, `none`), `border-color`, `border-radius`, `box-shadow`, `opacity`, `overflow` (`hidden`, `visible`), `transform` (`translate`, `rotate`, `scale`), `object-fit` |
//! | text, inherited | `color`, `font-family`, `font-size`, `font-weight`, `font-style`, `line-height`, `letter-spacing`, `text-align`, `text-transform`, `text-decoration`, `text-shadow`, `white-space`, `word-break`, `overflow-wrap` |
//! | text too long | `line-clamp`: as many lines, and an ellipsis |
//!
//! Lengths are `px`, `%`, `em`, `rem` (16 pixels), `vw` and `vh`; colours are those of CSS. A property that is not in
//! the table, and a value that is not understood, is an error that names it, so a test of the route finds it.
//!
//! The font is Inter, all weights of its upright form, with the letters of Latin, Greek and Cyrillic scripts. Others
//! are given as bytes, [`Image::font`]; what no font has is drawn as an empty box. Fonts of the system are not looked
//! for and nothing is fetched, so a picture depends on nothing but its description: the same one gives the same bytes.
//! Emoji are drawn if a font has them as outlines.
//!
//! A debug build takes a second or two for a card of the usual size, because nothing of what counts its pixels is
//! optimised.
//!
//! Layout is [taffy](https://docs.rs/taffy)'s, text [parley](https://docs.rs/parley)'s, and
//! [tiny-skia](https://docs.rs/tiny-skia) draws; none of them is seen in these types.

mod clock;
mod css;
mod drawing;
mod fonts;
mod format;
mod layout;
mod node;
mod paint;
mod paragraph;
mod picture;
mod response;

pub use self::{
    drawing::Image,
    format::Format,
    node::{Node, div, img, text},
    response::ImageResponse,
};

#[cfg(test)]
mod tests;
