//! `bff.toml` from its text to an answer, without an app around it.

mod slash;
mod start;
mod support;
mod varying;

pub(crate) use self::support::{app, rules};
