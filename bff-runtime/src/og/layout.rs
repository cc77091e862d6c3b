use std::borrow::Cow;

use taffy::{AvailableSpace, Dimension, NodeId, Size, TaffyTree, style_helpers::FromPercent};

use super::{
    clock::Clock,
    css::{Look, Style, TextStyle},
    drawing::MOST_PIXELS,
    fonts::Typesetter,
    node::{Kind, Node},
    paragraph::Paragraph,
    picture::Picture,
};
use crate::error::{Error, Result};

/// A picture whose boxes have their places.
pub(super) struct Page {
    pub(super) boxes: TaffyTree<Leaf>,
    pub(super) root: Element,
}

/// A node and its box.
pub(super) struct Element {
    pub(super) id: NodeId,
    pub(super) look: Look,
    pub(super) text: TextStyle,
    pub(super) is_shown: bool,
    pub(super) content: Content,
}

pub(super) enum Content {
    Elements(Vec<Element>),
    Text,
    /// `None` once it is drawn.
    Picture(Option<Picture>),
}

/// What has a size of its own.
pub(super) enum Leaf {
    Text(Box<Paragraph>),
    Picture { width: f32, height: f32 },
}

impl Page {
    pub(super) fn new(
        root: Node,
        (width, height): (f32, f32),
        typesetter: &mut Typesetter,
        clock: Clock,
    ) -> Result<Self> {
        let mut layout =
            Layout { boxes: TaffyTree::new(), typesetter, size: (width, height), clock, pixels: 0 };
        let root = layout.element(root, &TextStyle::initial())?;
        let mut boxes = layout.boxes;

        // The first node fills the picture.
        let mut style = boxes.style(root.id)?.clone();
        for side in [&mut style.size.width, &mut style.size.height] {
            if *side == Dimension::auto() {
                *side = Dimension::from_percent(1.0);
            }
        }
        boxes.set_style(root.id, style)?;
        let size = Size { width: Dimension::length(width), height: Dimension::length(height) };
        let all =
            boxes.new_with_children(taffy::Style { size, ..Default::default() }, &[root.id])?;

        let room = Size {
            width: AvailableSpace::Definite(width),
            height: AvailableSpace::Definite(height),
        };
        boxes.compute_layout_with_measure(all, room, |inputs, _, leaf, style| {
            taffy::compute_leaf_layout(
                inputs,
                style,
                |_, _| 0.0,
                |known, available| match leaf {
                    // It will be refused, so nothing more is measured for it.
                    _ if clock.check().is_err() => Size::ZERO,
                    Some(Leaf::Text(paragraph)) => paragraph.measure(known, available),
                    Some(Leaf::Picture { width, height }) => in_proportion(known, *width, *height),
                    None => Size::ZERO,
                },
            )
        })?;
        clock.check()?;
        Ok(Self { boxes, root })
    }
}

/// The size of a picture of which one side may be known.
fn in_proportion(known: Size<Option<f32>>, width: f32, height: f32) -> Size<f32> {
    match (known.width, known.height) {
        (Some(width), Some(height)) => Size { width, height },
        (Some(known), None) => Size { width: known, height: known * height / width },
        (None, Some(known)) => Size { width: known * width / height, height: known },
        (None, None) => Size { width, height },
    }
}

struct Layout<'a> {
    boxes: TaffyTree<Leaf>,
    typesetter: &'a mut Typesetter,
    size: (f32, f32),
    clock: Clock,
    /// Of all pictures so far.
    pixels: usize,
}

impl Layout<'_> {
    fn element(&mut self, node: Node, above: &TextStyle) -> Result<Element> {
        self.clock.check()?;
        let declarations: Cow<'static, str> = node.style;
        let Style { layout: mut style, text, look } = Style::of(&declarations, above, self.size)?;
        let is_shown = style.display != taffy::Display::None;
        let (id, content) = match node.kind {
            Kind::Div(children) => {
                let children: Vec<Element> = children
                    .into_iter()
                    .map(|child| self.element(child, &text))
                    .collect::<Result<_>>()?;
                let ids: Vec<NodeId> = children.iter().map(|child| child.id).collect();
                (self.boxes.new_with_children(style, &ids)?, Content::Elements(children))
            }
            Kind::Text(words) => {
                let paragraph = Paragraph::new(&words, text.clone(), self.typesetter);
                let leaf = Leaf::Text(Box::new(paragraph));
                (self.boxes.new_leaf_with_context(style, leaf)?, Content::Text)
            }
            Kind::Img(bytes) => {
                let picture = Picture::new(bytes)?;
                self.pixels = self.pixels.saturating_add(picture.pixels());
                if self.pixels > MOST_PIXELS {
                    return Err(Error::msg("the pictures in a picture are too large together"));
                }
                let (width, height) = (picture.width.max(1) as f32, picture.height.max(1) as f32);
                style.item_is_replaced = true;
                style.aspect_ratio = style.aspect_ratio.or(Some(width / height));
                let leaf = Leaf::Picture { width, height };
                (self.boxes.new_leaf_with_context(style, leaf)?, Content::Picture(Some(picture)))
            }
        };
        Ok(Element { id, look, text, is_shown, content })
    }
}
