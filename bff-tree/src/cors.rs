//! `cors`: which pages of other origins may read what a route answers.
//!
//! Written in `bff.toml` (`config/cors.rs`) or in the attribute of a handler ([`attribute`]); both become a
//! [`Draft`], each part of it with its place, and [`Draft::check`] makes it a [`Cors`]. So both are told the same.

mod attribute;
mod draft;
mod model;

#[cfg(test)]
mod tests;

pub use self::model::{AllowedHeaders, Cors, Origins};

pub(crate) use self::{
    attribute::{ELSEWHERE, KEYS, of_list, of_value},
    draft::{Draft, NONE, Said},
};
