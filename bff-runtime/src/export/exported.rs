use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Mistake;

/// What an export has written.
#[derive(Clone, Debug)]
pub struct Exported {
    pub(super) folder: PathBuf,
    pub(super) files: Vec<ExportedFile>,
    pub(super) warnings: Vec<Mistake>,
}

impl Exported {
    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The files, sorted by name, without the sidecars.
    pub fn files(&self) -> &[ExportedFile] {
        &self.files
    }

    /// What the app has and the files have not.
    pub fn warnings(&self) -> &[Mistake] {
        &self.warnings
    }
}

/// One file of an export, as `_bff/manifest.json` describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedFile {
    pub(super) path: String,
    pub(super) file: String,
    pub(super) source: String,
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

impl ExportedFile {
    /// The path of its URL, encoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its name below the folder, with `/` between names.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What it was made of: a route file, or a file of `public/`.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The status that the app answers with; a host answers 200.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers that `_headers` has for it.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Its size.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The SHA-256 of what it holds, in hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}
