use proc_macro2::Ident;
use syn::{Expr, ExprLit, Lit, spanned::Spanned};

use super::MetadataKind;
use crate::{
    AttributeArgs, Code, Mistake,
    attribute::{twice, wrong},
    is_handler_attribute, suggest,
};

/// What the attribute of a metadata function says: what the function makes, and one of it or the ids of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetadataAttribute {
    /// What it makes.
    pub kind: MetadataKind,
    /// True for `#[sitemaps]` and its like.
    pub lists: bool,
}

impl MetadataAttribute {
    /// The attribute with this last word: `sitemap`, `apple_icons`.
    pub fn of(word: &str) -> Option<Self> {
        MetadataKind::ALL.into_iter().find_map(|kind| {
            let lists = kind.plural() == Some(word);
            (lists || kind.attribute() == Some(word)).then_some(Self { kind, lists })
        })
    }

    /// The mistake of an `id` that the URL has none of.
    pub(crate) fn without_ids(self, mistake: Mistake) -> Mistake {
        let help = match self.kind.plural() {
            Some(plural) if self.lists => format!("remove it: `#[{plural}]` lists every id"),
            Some(plural) => format!(
                "to serve several, list their ids: `#[bff::metadata::{plural}] fn ids() -> Vec<u32>`"
            ),
            None => format!("remove it: there is one {} in an app", self.kind.base()),
        };
        Mistake { code: Code::MetadataId, help, ..mistake }
    }

    /// The attribute that `word` was probably meant to be. One of a handler is meant as it is, in the wrong place.
    pub(crate) fn misspelt(word: &str) -> Option<String> {
        if Self::of(word).is_some() || is_handler_attribute(word) {
            return None;
        }
        suggest::nearest(word, Self::words()).map(str::to_owned)
    }

    /// Every word that is one.
    fn words() -> impl Iterator<Item = &'static str> {
        MetadataKind::ALL.into_iter().flat_map(|kind| [kind.attribute(), kind.plural()]).flatten()
    }
}

/// What an attribute says of the image that its function makes (MDI-04, MDO-03).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageArgs {
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
    /// The type of the image; PNG unless it says otherwise.
    pub content_type: Option<String>,
    /// The text for those who cannot see it.
    pub alt: Option<String>,
}

impl AttributeArgs {
    /// Takes a key that only images have; `None` when this is none of them here.
    pub(crate) fn image_key(&mut self, key: &Ident, value: &Expr) -> Option<Result<(), Mistake>> {
        let kind = self.metadata.filter(|attribute| !attribute.lists)?.kind;
        let word = key.to_string();
        let is_one = matches!(&*word, "size" | "content_type" | "alt");
        if !kind.is_image() || !is_one {
            return None;
        }
        if word == "alt" && !kind.is_social() {
            return Some(Err(wrong(
                "an icon has no text",
                "remove `alt`; social images have one",
                key.span(),
            )));
        }
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = value else {
            let example = match &*word {
                "size" => "size = \"1200x630\"",
                "alt" => "alt = \"About us\"",
                _ => "content_type = \"image/png\"",
            };
            let message = format!("`{word}` is a string");
            return Some(Err(wrong(message, format!("write `{example}`"), value.span())));
        };
        let text = text.value();
        let is_second = match &*word {
            "size" => match size(&text) {
                Some(size) => self.image.size.replace(size).is_some(),
                None => {
                    return Some(Err(wrong(
                        format!("`{text}` is no size"),
                        "write width and height in pixels: `size = \"32x32\"`",
                        value.span(),
                    )));
                }
            },
            "content_type" if !is_image_type(&text) => {
                return Some(Err(wrong(
                    format!("`{text}` is no type of an image"),
                    "write `content_type = \"image/png\"`, or the type that the function makes",
                    value.span(),
                )));
            }
            "content_type" => self.image.content_type.replace(text).is_some(),
            _ => self.image.alt.replace(text.trim().to_owned()).is_some(),
        };
        Some(if is_second { Err(twice(key)) } else { Ok(()) })
    }
}

/// `32x32`.
fn size(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once('x')?;
    let number = |digits: &str| {
        let is_plain = digits.starts_with(|c: char| matches!(c, '1'..='9'));
        digits.parse().ok().filter(|_| is_plain)
    };
    Some((number(width)?, number(height)?))
}

/// A media type of RFC 9110 section 8.3.1 below `image/`, without parameters.
fn is_image_type(text: &str) -> bool {
    text.strip_prefix("image/").is_some_and(|subtype| {
        let is_mark = |byte: u8| matches!(byte, b'.' | b'+' | b'-');
        !subtype.is_empty()
            && subtype
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || is_mark(byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_types_are_read_strictly() {
        for (text, expected) in [
            ("32x32", Some((32, 32))),
            ("1200x630", Some((1200, 630))),
            ("0x1", None),
            ("032x1", None),
            ("+3x1", None),
            ("32", None),
            ("32x32x32", None),
            ("any", None),
        ] {
            assert_eq!(size(text), expected, "{text}");
        }
        for (text, expected) in [
            ("image/png", true),
            ("image/svg+xml", true),
            ("image/vnd.microsoft.icon", true),
            ("image/", false),
            ("text/html", false),
            ("image/png; a", false),
            ("image/png\r\nx", false),
        ] {
            assert_eq!(is_image_type(text), expected, "{text}");
        }
    }

    #[test]
    fn attributes_are_known_by_their_last_word() {
        for (word, expected) in [
            ("sitemap", Some((MetadataKind::Sitemap, false))),
            ("sitemaps", Some((MetadataKind::Sitemap, true))),
            ("opengraph_images", Some((MetadataKind::OpengraphImage, true))),
            ("robots", Some((MetadataKind::Robots, false))),
            ("manifests", None),
            ("favicon", None),
            ("get", None),
        ] {
            let found = MetadataAttribute::of(word).map(|found| (found.kind, found.lists));
            assert_eq!(found, expected, "{word}");
        }
        assert_eq!(MetadataAttribute::words().count(), 12);
    }
}
