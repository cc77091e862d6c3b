//! Putting files on disk so that all of it can be taken back.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::failure::TaskError;
use crate::scaffold::gitignore;
use crate::scaffold::template::{File, GITIGNORE};

/// Writes files below one folder, never over one that exists, and remembers what it did.
#[derive(Debug)]
pub(crate) struct Writer {
    root: PathBuf,
    done: Vec<Step>,
    /// Files that existed and were left alone.
    pub(crate) kept: Vec<String>,
    /// Files that existed and got more lines.
    pub(crate) merged: Vec<String>,
}

/// One change, with what it takes to undo it.
#[derive(Debug)]
enum Step {
    MadeFolder(PathBuf),
    MadeFile(PathBuf),
    Appended { path: PathBuf, old_length: u64 },
}

impl Writer {
    /// A writer that has done nothing yet.
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), done: Vec::new(), kept: Vec::new(), merged: Vec::new() }
    }

    /// Writes a file with the folders it needs. If it exists it is kept, and only `.gitignore` extended.
    pub(crate) fn add(&mut self, file: &File) -> Result<(), TaskError> {
        let path = self.root.join(&file.path);
        self.make_folders(path.parent().unwrap_or(&self.root).to_owned())?;
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut handle) => {
                self.done.push(Step::MadeFile(path.clone()));
                let written = handle.write_all(file.text.as_bytes());
                written.map_err(|error| failed("write", &path, &error))
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self.add_existing(file, path),
            Err(error) => Err(failed("create", &path, &error)),
        }
    }

    /// Gives a file that this writer made another text.
    pub(crate) fn replace(&mut self, file: &File) -> Result<(), TaskError> {
        let path = self.root.join(&file.path);
        fs::write(&path, &file.text).map_err(|error| failed("write", &path, &error))
    }

    /// Takes back everything, last things first, and returns what would not go: folders that somebody
    /// else has put something into meanwhile are left to them.
    pub(crate) fn undo(self) -> Vec<PathBuf> {
        let mut left = Vec::new();
        for step in self.done.into_iter().rev() {
            let (result, path) = match step {
                Step::MadeFolder(path) => (fs::remove_dir(&path), path),
                Step::MadeFile(path) => (fs::remove_file(&path), path),
                Step::Appended { path, old_length } => (shorten(&path, old_length), path),
            };
            if result.is_err_and(|error| error.kind() != ErrorKind::NotFound) {
                left.push(path);
            }
        }
        left
    }

    /// Makes a folder and those above it that are missing.
    fn make_folders(&mut self, folder: PathBuf) -> Result<(), TaskError> {
        let missing: Vec<_> = folder.ancestors().take_while(|folder| !folder.is_dir()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(|error| failed("create", folder, &error))?;
            self.done.push(Step::MadeFolder(folder.to_owned()));
        }
        Ok(())
    }

    /// Keeps a file, or extends it if it is the one that we may extend.
    fn add_existing(&mut self, file: &File, path: PathBuf) -> Result<(), TaskError> {
        // git itself does not follow a link here, and neither do we.
        let is_plain = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
        if file.path != GITIGNORE || !is_plain {
            self.kept.push(file.path.clone());
            return Ok(());
        }
        let existing = fs::read(&path).map_err(|error| failed("read", &path, &error))?;
        let addition = gitignore::addition(&String::from_utf8_lossy(&existing), &file.text);
        if let Some(addition) = addition {
            let handle = OpenOptions::new().append(true).open(&path);
            let mut handle = handle.map_err(|error| failed("open", &path, &error))?;
            self.done
                .push(Step::Appended { path: path.clone(), old_length: existing.len() as u64 });
            let written = handle.write_all(addition.as_bytes());
            written.map_err(|error| failed("extend", &path, &error))?;
            self.merged.push(file.path.clone());
        }
        Ok(())
    }
}

/// Cuts a file back to what it was.
fn shorten(path: &Path, length: u64) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.set_len(length)
}

/// An error of the disk, with the place.
fn failed(verb: &str, path: &Path, error: &io::Error) -> TaskError {
    TaskError::new(format!("cannot {verb} `{}`: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn cn_11_missing_parents_are_made() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = Writer::new(&dir.path().join("a/b"));
        writer.add(&file("c/d.txt", "text")).unwrap();
        assert_eq!(fs::read_to_string(dir.path().join("a/b/c/d.txt")).unwrap(), "text");
    }

    #[test]
    fn cn_12_existing_files_are_kept_and_named() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a"), "mine").unwrap();
        let mut writer = Writer::new(dir.path());
        writer.add(&file("a", "yours")).unwrap();
        assert_eq!(fs::read_to_string(dir.path().join("a")).unwrap(), "mine");
        assert_eq!(writer.kept, ["a"]);
    }

    #[test]
    fn cn_15_undo_removes_what_was_made_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("new/app");
        fs::write(dir.path().join(GITIGNORE), "mine").unwrap();
        let mut below = Writer::new(dir.path());
        below.add(&file(GITIGNORE, "/target\n")).unwrap();
        assert_eq!(below.merged, [GITIGNORE]);
        assert_eq!(below.undo(), Vec::<PathBuf>::new());
        assert_eq!(fs::read_to_string(dir.path().join(GITIGNORE)).unwrap(), "mine");

        let mut writer = Writer::new(&root);
        writer.add(&file("a/b", "")).unwrap();
        writer.add(&file("c", "")).unwrap();
        assert_eq!(writer.undo(), Vec::<PathBuf>::new());
        assert!(!dir.path().join("new").exists());
    }

    #[test]
    fn cn_15_undo_leaves_folders_that_others_use() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("app");
        let mut writer = Writer::new(&root);
        writer.add(&file("a/b", "")).unwrap();
        fs::write(root.join("foreign"), "").unwrap();
        assert_eq!(writer.undo(), std::slice::from_ref(&root));
        assert!(root.join("foreign").exists() && !root.join("a").exists());
    }
}
