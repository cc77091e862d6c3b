//! From a folder and a few choices to a new app on disk.
//!
//! [`target`] and [`name`] decide whether we may, [`template`] says what goes where, [`mod@write`] puts it
//! there or nothing at all, [`workspace`] and [`git`] fit the result into its surroundings, and
//! [`create()`] runs them in that order. No file here prints.

mod create;
mod dependency;
mod git;
mod gitignore;
mod name;
mod target;
mod template;
mod workspace;
mod write;

pub(crate) use create::{Created, Options, create};
pub(crate) use git::GitOutcome;
pub(crate) use target::Target;
