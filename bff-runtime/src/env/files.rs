//! Which files are there, and their text. The only file of this folder that touches the disk.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{FileError, parse::unify_newlines};

/// A file that was read.
#[derive(Debug)]
pub(super) struct File {
    pub(super) name: &'static str,
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// Reads those of the names that exist in `dir`, in order.
pub(super) fn read_all(
    dir: &Path,
    names: &'static [&'static str],
    problems: &mut Vec<FileError>,
) -> Vec<File> {
    let file = |&name: &&'static str| {
        let path = dir.join(name);
        match read(&path) {
            Ok(bytes) => {
                let text = text(bytes?, &path, problems);
                Some(File { name, path, text })
            }
            // Row EV-05: reported, and the other files still count.
            Err(error) => {
                problems.push(FileError::unreadable(&path, &error));
                None
            }
        }
    };
    names.iter().filter_map(file).collect()
}

/// The bytes, or `None` when there is nothing to read.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        // Row EV-05: a directory or a device is skipped, and so is what does not exist.
        Ok(metadata) if !is_readable(&metadata) => Ok(None),
        Ok(_) => fs::read(path).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A named pipe counts as a file, because password managers hand out secrets through one.
#[cfg(unix)]
fn is_readable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    metadata.is_file() || metadata.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_readable(metadata: &fs::Metadata) -> bool {
    metadata.is_file()
}

/// Drops the lines that are not UTF-8, one problem each, and keeps the others at their numbers.
fn text(bytes: Vec<u8>, path: &Path, problems: &mut Vec<FileError>) -> String {
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let lines = error.as_bytes().split(|&byte| byte == b'\n').enumerate();
        let line = |(index, line)| {
            std::str::from_utf8(line).unwrap_or_else(|_| {
                problems.push(FileError::at(path, index + 1, "the line is not valid UTF-8"));
                ""
            })
        };
        lines.map(line).collect::<Vec<_>>().join("\n")
    });
    unify_newlines(text)
}
