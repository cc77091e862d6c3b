//! The files of `public/`, served at the root of the app as they are (section 13 of the specification).
//!
//! What is served is what the folder lists: a request is compared with names that were found there, so no path,
//! however it is spelt, leads to anything else. Opening, ranges and conditions are those of
//! [`response::file`](fn@crate::response::file).

mod coding;
mod files;
mod folder;
mod found;
mod listing;
mod live;
mod name;
mod report;
mod table;

pub use self::folder::{File, Folder};

pub(crate) use self::{files::Public, found::Found};

#[cfg(test)]
mod tests;
