use tiny_skia::{Color, Transform};

use super::{Gradient, Length, Shadow, TextStyle, Units, boxes, layout, text, values::split};
use crate::error::{Error, Result};

/// What a node looks like.
#[derive(Clone, Debug)]
pub(in crate::og) struct Style {
    pub(in crate::og) layout: taffy::Style,
    pub(in crate::og) text: TextStyle,
    pub(in crate::og) look: Look,
}

/// Of a box, what its size does not depend on.
#[derive(Clone, Debug, Default)]
pub(in crate::og) struct Look {
    pub(in crate::og) background: Option<Color>,
    /// The first is on top.
    pub(in crate::og) gradients: Vec<Gradient>,
    /// The color of the text where it is not said.
    pub(in crate::og) border: Option<Color>,
    /// Its border has no width, whatever is said of that.
    pub(super) is_borderless: bool,
    /// Clockwise from the top left.
    pub(in crate::og) radii: [Length; 4],
    pub(in crate::og) shadows: Vec<Shadow>,
    pub(in crate::og) transparency: f32,
    pub(in crate::og) clips: bool,
    pub(in crate::og) transform: Vec<Step>,
    pub(in crate::og) fit: Fit,
}

/// A function of `transform`.
#[derive(Clone, Copy, Debug)]
pub(in crate::og) enum Step {
    Move(Length, Length),
    Other(Transform),
}

/// How a picture gets into its box (`object-fit`).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::og) enum Fit {
    #[default]
    Fill,
    Contain,
    Cover,
    None,
    ScaleDown,
}

impl Style {
    /// The style of a node below one with this text, by its declarations.
    ///
    /// # Errors
    /// 500 with the declaration that is not understood.
    pub(in crate::og) fn of(
        declarations: &str,
        above: &TextStyle,
        (width, height): (f32, f32),
    ) -> Result<Self> {
        let mut style = Self {
            layout: taffy::Style { position: taffy::Position::Relative, ..Default::default() },
            text: above.below(),
            look: Look::default(),
        };
        let mut units = Units { em: above.size, width, height };
        let declarations = || split(declarations, |c| c == ';').filter(|text| !text.is_empty());
        // An `em` of the others is the size that this node has, wherever it is said.
        for (name, value) in declarations().filter_map(|text| text.split_once(':')) {
            if name.trim() == "font-size" {
                style.declare(name.trim(), value.trim(), &units)?;
            }
        }
        units.em = style.text.size;
        for declaration in declarations() {
            let Some((name, value)) = declaration.split_once(':') else {
                return Err(Error::msg(format_args!("no declaration of CSS: {declaration:?}")));
            };
            if name.trim() != "font-size" {
                style.declare(name.trim(), value.trim(), &units)?;
            }
        }
        if style.look.is_borderless {
            style.layout.border = taffy::Rect::zero();
        }
        Ok(style)
    }

    fn declare(&mut self, name: &str, value: &str, units: &Units) -> Result<()> {
        match self.known(name, value, units) {
            Some(true) => Ok(()),
            Some(false) => {
                Err(Error::msg(format_args!("no property that pictures have: {name:?}")))
            }
            None => {
                Err(Error::msg(format_args!("no value that pictures have for `{name}`: {value:?}")))
            }
        }
    }

    /// False when there is no such property, `None` when it has no such value.
    fn known(&mut self, name: &str, value: &str, units: &Units) -> Option<bool> {
        Some(
            layout::declare(&mut self.layout, name, value, units)?
                || text::declare(&mut self.text, name, value, units)?
                || boxes::declare(&mut self.layout, &mut self.look, name, value, units)?,
        )
    }
}
