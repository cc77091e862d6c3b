//! A helper of the files beside it, with no URL of its own.

pub(super) const INDEX: &str = "the index";
