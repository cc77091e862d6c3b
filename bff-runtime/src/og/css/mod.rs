//! Declarations of CSS, and what a node gets by them.

mod boxes;
mod color;
mod gradient;
mod layout;
mod shadow;
mod style;
mod text;
mod values;

pub(super) use self::{
    gradient::{Gradient, Line},
    shadow::Shadow,
    style::{Fit, Look, Step, Style},
    text::{Case, TextStyle},
    values::{Length, Units},
};
