//! A folder that is gone when the benchmark ends.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process,
};

/// A new folder below the system's temporary one; dropping it removes it with everything in it.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes the folder.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn new(name: &str) -> io::Result<Self> {
        // The links of a temporary folder are resolved, since cargo and the compiler resolve them too.
        let folder =
            env::temp_dir().canonicalize()?.join(format!("bff-benches-{name}-{}", process::id()));
        fs::create_dir(&folder)?;
        Ok(Self(folder))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} is left behind: {error}", self.0.display());
        }
    }
}

/// Writes a file and the folders above it.
///
/// # Errors
/// When the disk refuses.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
