use std::{fs, path::Path};

use super::{coding::Codings, name::is_served, table::encoded};

/// Looks for a file on the disk; gives the codings that it is there in, too.
///
/// The folders on the way are listed, and what is not among their names is not there: the disk is never asked for a
/// name that came from a client, which some systems read in ways of their own (`A.TXT`, `a.txt.`, `NUL`, `A~1`).
///
/// This waits for the disk, so it is for development, where a request may.
pub(super) fn look(root: &Path, name: &str) -> Option<Codings> {
    if !is_served(name) {
        return None;
    }
    let mut folder = root.to_owned();
    let mut parts = name.split('/');
    let file = parts.next_back()?;
    for part in parts {
        names(&folder)?.iter().any(|name| name == part).then_some(())?;
        folder.push(part);
    }
    let names = names(&folder)?;
    let is_there = |name: &str| names.iter().any(|other| other == name);
    if !is_there(file) || !fs::metadata(folder.join(file)).is_ok_and(|file| file.is_file()) {
        return None;
    }
    Some(Codings::of(|coding| is_there(&encoded(file, coding))))
}

fn names(folder: &Path) -> Option<Vec<String>> {
    let entries = fs::read_dir(folder).ok()?;
    Some(entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect())
}
