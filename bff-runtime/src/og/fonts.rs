use std::{
    borrow::Cow,
    sync::{Arc, LazyLock},
};

use axum::body::Bytes;
use parley::{
    FontContext, FontFamily, FontStyle, FontWeight, Layout, LayoutContext, StyleProperty,
    fontique::{Blob, Collection, CollectionOptions},
    style::{FontFamilyName, TextWrapMode},
};

use super::css::TextStyle;
use crate::error::{Error, Result};

/// The fonts of one picture, and what sets text in them.
pub(super) struct Typesetter {
    fonts: FontContext,
    context: LayoutContext<()>,
    /// Asked in this order for what the families of a style do not have.
    families: Vec<String>,
}

/// Inter 4.1, its weights and about 700 letters. `font/OFL.txt` is its licence, and the file names it too.
static INTER: &[u8] = include_bytes!("font/Inter.ttf");

const BUNDLED: &str = "Inter";

/// Read once, and cloned for each picture.
static FONTS: LazyLock<FontContext> = LazyLock::new(|| {
    let options = CollectionOptions { shared: false, system_fonts: false };
    let mut fonts =
        FontContext { collection: Collection::new(options), source_cache: Default::default() };
    fonts.collection.register_fonts(Blob::new(Arc::new(INTER)), None);
    fonts
});

impl Typesetter {
    /// One that has these fonts too.
    ///
    /// # Errors
    /// 500 for a font that cannot be read.
    pub(super) fn new(given: Vec<Bytes>) -> Result<Self> {
        let mut fonts = FONTS.clone();
        let mut families = Vec::new();
        for bytes in given {
            let registered = fonts.collection.register_fonts(Blob::new(Arc::new(bytes)), None);
            if registered.is_empty() {
                return Err(Error::msg("a font for a picture is neither TrueType nor OpenType"));
            }
            for (family, _) in registered {
                if let Some(name) = fonts.collection.family_name(family) {
                    families.push(name.to_owned());
                }
            }
        }
        families.push(BUNDLED.to_owned());
        Ok(Self { fonts, context: LayoutContext::new(), families })
    }

    /// The text in glyphs, its lines still to be broken.
    pub(super) fn shape(&mut self, text: &str, style: &TextStyle) -> Layout<()> {
        let families: Vec<FontFamilyName<'_>> = style
            .families
            .iter()
            .chain(&self.families)
            .map(|family| FontFamilyName::named(family))
            .collect();
        let mut builder = self.context.ranged_builder(&mut self.fonts, text, 1.0, true);
        let slant = if style.italic { FontStyle::Italic } else { FontStyle::Normal };
        let wrap = if style.space.wraps { TextWrapMode::Wrap } else { TextWrapMode::NoWrap };
        for property in [
            StyleProperty::FontFamily(FontFamily::List(Cow::Owned(families))),
            StyleProperty::FontSize(style.size),
            StyleProperty::FontWeight(FontWeight::new(style.weight)),
            StyleProperty::FontStyle(slant),
            StyleProperty::LineHeight(style.line_height),
            StyleProperty::LetterSpacing(style.letter_spacing),
            StyleProperty::WordBreak(style.word_break),
            StyleProperty::OverflowWrap(style.overflow_wrap),
            StyleProperty::TextWrapMode(wrap),
            StyleProperty::Underline(style.underline),
            StyleProperty::Strikethrough(style.line_through),
        ] {
            builder.push_default(property);
        }
        builder.build(text)
    }
}
