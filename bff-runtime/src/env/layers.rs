//! Files in order of priority → one value a name. Pure: the process environment is a function.

use std::{
    collections::{BTreeMap, HashMap},
    ffi::OsString,
};

use super::{
    FileError,
    expand::{self, Raw},
    files::File,
    parse::parse,
};

/// Lays the files over each other, the first one on top (row EV-01).
///
/// A name that the process defines is left out, even when its value there is empty (row EV-02).
pub(super) fn resolve(
    files: &[File],
    process: &dyn Fn(&str) -> Option<OsString>,
    problems: &mut Vec<FileError>,
) -> HashMap<String, String> {
    let mut raw: BTreeMap<String, Raw> = BTreeMap::new();
    let mut places: BTreeMap<String, (&File, usize)> = BTreeMap::new();
    // Lowest priority first, so that what comes later replaces what came before, both between
    // files and within one, where the last line wins.
    for file in files.iter().rev() {
        for entry in parse(&file.text) {
            match entry {
                Ok(entry) => {
                    places.insert(entry.name.to_owned(), (file, entry.line));
                    let value = Raw { value: entry.value, expands: entry.expands };
                    raw.insert(entry.name.to_owned(), value);
                }
                Err(error) => {
                    problems.push(FileError::at(&file.path, error.line, error.cause));
                }
            }
        }
    }
    raw.retain(|name, _| process(name).is_none());

    let (values, failures) = expand::expand(&raw, process);
    for (name, cause) in failures {
        if let Some((file, line)) = places.get(&name) {
            let message = format!("`{name}` is left out: {cause}");
            problems.push(FileError::at(&file.path, *line, message));
        }
    }
    values
}
