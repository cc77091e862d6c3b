//! The apps that are served. `app!` stands at the top level of a file, so each has one of its own.

pub(crate) mod around;
pub(crate) mod based;
pub(crate) mod cached;
pub(crate) mod catalog;
pub(crate) mod exported;
pub(crate) mod factories;
pub(crate) mod fronting;
pub(crate) mod gated;
pub(crate) mod guarded;
pub(crate) mod levels;
pub(crate) mod limits;
pub(crate) mod metadata;
pub(crate) mod observed;
pub(crate) mod only_pages;
pub(crate) mod pages;
pub(crate) mod proxied;
pub(crate) mod refusing;
pub(crate) mod rows;
pub(crate) mod rules;
pub(crate) mod site;
pub(crate) mod unexported;
pub(crate) mod wrapped;
