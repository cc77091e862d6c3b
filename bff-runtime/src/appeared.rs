//! Files that the program was built without and that are there by now.
//!
//! Cargo asks for no file that never existed, so the first `proxy.rs` of an app starts no build: a gate would stand open,
//! in a program that cargo calls fresh. Debug builds therefore know what was absent, and say at start what has come.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

/// What the apps of this program were built without.
static ABSENT: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

/// An app was built when there was nothing at these paths.
pub fn absent_when_built(paths: &'static [&'static str]) {
    let mut absent = ABSENT.lock().unwrap_or_else(PoisonError::into_inner);
    for path in paths {
        if !absent.contains(path) {
            absent.push(path);
        }
    }
}

/// Says what has come since.
pub(crate) fn warn() {
    let absent = ABSENT.lock().unwrap_or_else(PoisonError::into_inner);
    for path in appeared(&absent) {
        tracing::warn!(
            "`{path}` is not in this program, which is older: `touch build.rs` and build it again"
        );
    }
}

fn appeared<'a>(absent: &'a [&'static str]) -> impl Iterator<Item = &'static str> + 'a {
    absent.iter().copied().filter(|path| Path::new(path).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_come_since_the_build_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let [proxy, config] = ["proxy.rs", "bff.toml"]
            .map(|name| &*folder.path().join(name).to_string_lossy().into_owned().leak());
        assert_eq!(appeared(&[proxy, config]).count(), 0);
        std::fs::write(proxy, "").unwrap();
        assert_eq!(appeared(&[proxy, config]).collect::<Vec<_>>(), [proxy]);
    }
}
