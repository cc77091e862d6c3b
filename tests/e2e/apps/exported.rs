//! With posts as state: everything in it becomes a file.

bff::app!(dir = "apps/exported/app", state = Posts);

/// Ids and texts.
#[derive(Clone, Copy)]
pub(crate) struct Posts(pub(crate) &'static [(u64, &'static str)]);
