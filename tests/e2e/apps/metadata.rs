//! Metadata files of every kind, with a state that some of them are made of.

bff::app!(state = Names, dir = "apps/metadata/app");

/// What the sitemaps are of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names(pub(crate) &'static [&'static str]);
