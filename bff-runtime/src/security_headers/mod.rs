//! Headers that make a browser careful with a response, on every response of an app that has not said otherwise
//! (security.md section 5, row 15).
//!
//! `[security_headers]` of `bff.toml` changes or removes each for the whole app; a handler, a rule or `[[headers]]` that
//! sets one itself keeps its own.

mod data;
mod ready;
mod secured;

#[cfg(test)]
mod tests;

pub(crate) use self::{data::put_defaults_on, secured::Secured};

pub use self::data::SecurityHeaders;
