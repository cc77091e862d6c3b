//! `revalidate`, `tags`, `vary` and `force_static`: which answers to GET are kept, for how long, and under which names
//! they are given up.
//!
//! Written in the attribute of a handler (`attribute/cache.rs`), or but for `force_static` in `[[rules]]` of `bff.toml`
//! (`config/cache.rs`).

mod listed;
mod revalidate;
mod tag;
mod vary;

pub use self::{
    revalidate::Revalidate,
    tag::{Tag, TagPiece},
    vary::Vary,
};

pub(crate) use self::listed::listed;

/// How many tags one place may list.
pub(crate) const MOST_TAGS: usize = 128;

/// Why a value cannot be read, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CacheMistake {
    /// A phrase.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

impl CacheMistake {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}
