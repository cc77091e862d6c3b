use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::name::is_served;

/// The names of all files of a folder that are served, and what could not be read.
pub(super) fn list(folder: &Path) -> (Vec<String>, Vec<String>) {
    let mut listing = Listing::default();
    match fs::canonicalize(folder) {
        Ok(root) => {
            listing.trail.push(root.clone());
            listing.folder(&root, &root, "");
        }
        Err(error) => listing.unreadable(folder, &error),
    }
    (listing.names, listing.problems)
}

#[derive(Default)]
struct Listing {
    names: Vec<String>,
    problems: Vec<String>,
    /// The folders above the one that is read, as they are without links: a link to one of them would have no end.
    trail: Vec<PathBuf>,
}

impl Listing {
    fn folder(&mut self, root: &Path, folder: &Path, prefix: &str) {
        let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder, &error),
        };
        for entry in entries {
            // A name that is not UTF-8 has no URL.
            let file_name = entry.file_name();
            let Some(own) = file_name.to_str() else { continue };
            let name = format!("{prefix}{own}");
            if !is_served(&name) && name != ".well-known" {
                continue;
            }
            // Links are followed within the folder; where they lead is looked at again when a file is opened.
            let Ok(real) = fs::canonicalize(entry.path()) else { continue };
            if !real.starts_with(root) {
                self.problems.push(format!(
                    "`{}` is a link that leads out of `public/`, so it is not served",
                    entry.path().display()
                ));
                continue;
            }
            match fs::metadata(&real) {
                Ok(metadata) if metadata.is_file() && name != ".well-known" => {
                    self.names.push(name)
                }
                Ok(metadata) if metadata.is_dir() && !self.trail.contains(&real) => {
                    self.trail.push(real.clone());
                    self.folder(root, &real, &format!("{name}/"));
                    self.trail.pop();
                }
                // Pipes, devices, and what went away meanwhile.
                _ => {}
            }
        }
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        self.problems.push(format!("`{}` cannot be read: {error}", path.display()));
    }
}
