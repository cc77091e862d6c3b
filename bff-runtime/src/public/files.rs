use std::{borrow::Cow, path::Path, sync::Arc};

use super::{
    folder::{Folder, Kind, missing, places},
    found::{Found, Origin},
    listing::list,
    live::look,
    name::Name,
    report::Report,
    table::Table,
};

/// The files of `public/`, ready to be asked for.
#[derive(Debug)]
pub(crate) struct Public {
    files: Files,
    report: Report,
}

#[derive(Debug)]
enum Files {
    /// Parts of the program.
    Memory(Table),
    /// On the disk, by names that were listed once.
    Listed(Arc<Path>, Table),
    /// On the disk, as it is now.
    Live(Arc<Path>),
}

impl Public {
    /// Finds the folder, and lists it unless it is asked each time.
    ///
    /// # Errors
    /// When there is none; the text says where it was looked for, and what to do.
    pub(crate) fn new(folder: &Folder) -> Result<Self, String> {
        let (is_live, built) = match folder.0 {
            Kind::Embedded(files) => {
                let files = Files::Memory(Table::of_files(files));
                return Ok(Self { files, report: Report::default() });
            }
            Kind::Listed => (false, None),
            Kind::Live(built) => (true, built),
        };
        let places = places(built);
        let root = places.iter().find(|place| place.is_dir()).ok_or_else(|| missing(&places))?;
        Ok(Self::at(root, is_live))
    }

    /// The files of this folder.
    pub(super) fn at(root: &Path, is_live: bool) -> Self {
        if is_live {
            return Self { files: Files::Live(root.into()), report: Report::default() };
        }
        let (names, problems) = list(root);
        let files = Files::Listed(root.into(), Table::of_names(names));
        Self { files, report: Report::new(problems) }
    }

    /// The file that a path names. A path that names none costs one search among the names, and no allocation
    /// unless it has escapes; only in development is the disk asked.
    pub(crate) fn find(&self, path: &str) -> Option<Found<'_>> {
        self.report.tell();
        let Name { text: name, has_slash } = Name::of(path)?;
        let (name, codings, origin) = match &self.files {
            Files::Memory(table) => {
                let entry = table.find(&name)?;
                let origin = Origin::Memory(table, entry.memory.as_ref()?);
                (Cow::Borrowed(&*entry.name), entry.codings, origin)
            }
            Files::Listed(root, table) => {
                let entry = table.find(&name)?;
                (Cow::Borrowed(&*entry.name), entry.codings, Origin::Disk(root))
            }
            Files::Live(root) => {
                let codings = look(root, &name)?;
                (Cow::Owned(name.into_owned()), codings, Origin::Disk(root))
            }
        };
        Some(Found { name, has_slash, codings, origin })
    }

    /// The names of all files that are served, compressed forms among them, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        match &self.files {
            Files::Memory(table) | Files::Listed(_, table) => table.names().collect(),
            Files::Live(root) => {
                let (mut names, _) = list(root);
                names.sort_unstable();
                names
            }
        }
    }

    #[cfg(test)]
    pub(super) fn problems(&self) -> &[String] {
        self.report.problems()
    }
}
