//! The folder in the making, which takes the place of the other when it is complete.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
};

use axum::body::Body;
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

/// A folder beside the target, so that putting it there is a change of its name. It goes away with this value.
///
/// The disk is waited for, since nobody else is served by this program.
#[derive(Debug)]
pub(super) struct Staging {
    folder: TempDir,
    new: PathBuf,
    /// After the folder, which is in them.
    _parents: MadeParents,
}

/// Folders that were made for one to be in, the innermost first. Those in which nothing has stayed go away with it.
#[derive(Debug)]
struct MadeParents(Vec<PathBuf>);

impl MadeParents {
    fn of(parent: &Path) -> io::Result<Self> {
        let missing = parent.ancestors().take_while(|folder| !folder.exists());
        let made = Self(missing.map(Path::to_owned).collect());
        fs::create_dir_all(parent)?;
        Ok(made)
    }
}

impl Drop for MadeParents {
    fn drop(&mut self) {
        // One that has something in it is not removed, nor are those around it.
        let _ = self.0.iter().try_for_each(fs::remove_dir);
    }
}

impl Staging {
    /// # Errors
    /// When there can be none.
    pub(super) fn beside(target: &Path) -> io::Result<Self> {
        let parent = target.parent().unwrap_or(target);
        let parents = MadeParents::of(parent)?;
        let folder = tempfile::Builder::new().prefix(".bff-export-").tempdir_in(parent)?;
        // One of its own, for the outer one is for the eyes of its user only.
        let new = folder.path().join("new");
        fs::create_dir(&new)?;
        Ok(Self { folder, new, _parents: parents })
    }

    /// Writes a file. The name has been checked; one that exists is never written over, also where the disk makes no
    /// difference between two names.
    ///
    /// # Errors
    /// When it cannot be written, or what it holds does not come to its end.
    pub(super) async fn write(&self, name: &str, mut body: Body) -> Result<Written, String> {
        let failed = |error: io::Error| format!("`{name}` cannot be written: {error}");
        let mut file = BufWriter::new(self.create(name).map_err(failed)?);
        let (mut bytes, mut hash) = (0, Sha256::new());
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| format!("the body broke off: {error}"))?;
            if let Ok(data) = frame.into_data() {
                bytes += data.len() as u64;
                hash.update(&data);
                file.write_all(&data).map_err(failed)?;
            }
        }
        file.flush().map_err(failed)?;
        Ok(Written { bytes, sha256: hexadecimal(&hash.finalize()) })
    }

    /// The same of a text.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write_text(&self, name: &str, text: &str) -> Result<(), String> {
        let written = self.create(name).and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| format!("`{name}` cannot be written: {error}"))
    }

    fn create(&self, name: &str) -> io::Result<File> {
        let path = self.new.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        File::create_new(path)
    }

    /// Puts it where the target is. What was there goes away, and stays when this fails.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn publish(self, target: &Path) -> io::Result<()> {
        let old = self.folder.path().join("old");
        let had_old = match fs::rename(target, &old) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(error),
        };
        if let Err(error) = fs::rename(&self.new, target) {
            if had_old && let Err(second) = fs::rename(&old, target) {
                // It must not go with the folder that it is in.
                let kept = self.folder.keep().join("old");
                let text = format!("{error}; what was there is in `{}`: {second}", kept.display());
                return Err(io::Error::other(text));
            }
            return Err(error);
        }
        // What cannot be removed is in nobody's way.
        if let Err(error) = self.folder.close() {
            tracing::warn!("what was exported before is not all removed: {error}");
        }
        Ok(())
    }
}

/// What a file has become.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn ex_01_what_was_there_goes_when_the_new_folder_is_complete() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("deep/out");
        for (name, text) in [("a/b", "first"), ("a/c", "second")] {
            let staging = Staging::beside(&target).unwrap();
            let written = staging.write(name, Body::from(text)).await.unwrap();
            assert_eq!(written.bytes, text.len() as u64);
            staging.publish(&target).unwrap();
            assert_eq!(fs::read_to_string(target.join(name)).unwrap(), text);
        }
        assert!(!target.join("a/b").exists());
        let left: Vec<_> = fs::read_dir(dir.path().join("deep")).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }

    #[tokio::test]
    async fn a_staging_that_is_dropped_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("deep/er/out");
        let staging = Staging::beside(&target).unwrap();
        let written = staging.write("a", Body::from("abc")).await.unwrap();
        // FIPS 180-2, appendix B.1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(written.sha256, expected);
        let twice = staging.write("a", Body::empty()).await.expect_err("it is there");
        assert!(twice.starts_with("`a` cannot be written"), "{twice}");
        drop(staging);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
