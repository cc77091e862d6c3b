use std::{borrow::Cow, sync::OnceLock};

use super::{
    coding::{Coding, Codings},
    folder::File,
};
use crate::response::Etag;

/// To hash more than this would hold up the other requests of a thread.
const LARGE: usize = 1024 * 1024;

/// The names of files that are served, sorted.
#[derive(Debug, Default)]
pub(super) struct Table(Vec<Entry>);

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: Cow<'static, str>,
    pub(super) codings: Codings,
    /// What it holds, when it is a part of the program.
    pub(super) memory: Option<Memory>,
}

#[derive(Debug)]
pub(super) struct Memory {
    pub(super) bytes: &'static [u8],
    etag: OnceLock<Etag>,
}

impl Memory {
    fn new(bytes: &'static [u8]) -> Self {
        let memory = Self { bytes, etag: OnceLock::new() };
        if bytes.len() > LARGE {
            memory.etag();
        }
        memory
    }

    /// Made when it is first asked for, but for a large file: hashing everything would delay the start.
    pub(super) fn etag(&self) -> Etag {
        self.etag.get_or_init(|| Etag::of(self.bytes)).clone()
    }
}

impl Table {
    /// Of names on the disk. Whether a compressed form is good is seen when it is opened.
    pub(super) fn of_names(mut names: Vec<String>) -> Self {
        names.sort_unstable();
        let entries = names.iter().map(|name| Entry {
            name: Cow::Owned(name.clone()),
            codings: Codings::of(|coding| names.binary_search(&encoded(name, coding)).is_ok()),
            memory: None,
        });
        Self(entries.collect())
    }

    /// Of files in the program.
    pub(super) fn of_files(files: &'static [File]) -> Self {
        let is_good = |name: String| {
            let found = files.binary_search_by(|file| file.path.cmp(&name));
            found.is_ok_and(|at| !files[at].stale)
        };
        let entries = files.iter().map(|file| Entry {
            name: Cow::Borrowed(file.path),
            codings: Codings::of(|coding| is_good(encoded(file.path, coding))),
            memory: Some(Memory::new(file.bytes)),
        });
        Self(entries.collect())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|entry| entry.name.clone().into_owned())
    }

    #[inline]
    pub(super) fn find(&self, name: &str) -> Option<&Entry> {
        let found = self.0.binary_search_by(|entry| (*entry.name).cmp(name));
        Some(&self.0[found.ok()?])
    }
}

/// The name of a file in this coding.
pub(super) fn encoded(name: &str, coding: Coding) -> String {
    format!("{name}{}", coding.suffix())
}
