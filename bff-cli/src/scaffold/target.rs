//! Which folders may become an app.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use crate::failure::TaskError;
use crate::scaffold::name::PackageName;

/// What a folder may hold and still count as empty: version control, licences, settings of editors and
/// services, documentation, and what operating systems and other tools leave behind.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    ".DS_Store", ".claude", ".cursor", ".editorconfig", ".git", ".gitattributes", ".github",
    ".gitignore", ".gitlab-ci.yml", ".hg", ".hgcheck", ".hgignore", ".idea", ".npmignore", ".travis.yml",
    ".vscode", ".yarn", ".zed", "Thumbs.db", "docs", "mkdocs.yml", "npm-debug.log", "yarn-debug.log",
    "yarn-error.log", "yarnrc.yml",
];

/// A folder that may become an app, and the name that the app gets from it.
#[derive(Debug)]
pub(crate) struct Target {
    path: PathBuf,
    name: PackageName,
}

impl Target {
    /// Checks the folder that the user named. It need not exist, nor its parents; `force` accepts one
    /// that is in use.
    pub(crate) fn resolve(given: &Path, force: bool) -> Result<Self, TaskError> {
        let path = absolute(given).map_err(|error| {
            TaskError::new(format!("cannot resolve `{}`: {error}", given.display()))
        })?;
        let Some(name) = path.file_name() else {
            return Err(TaskError::new(format!(
                "`{}` has no name to give to an app",
                path.display()
            ))
            .with_help("name a folder below it"));
        };
        let name = PackageName::parse(&name.to_string_lossy())?;
        match fs::metadata(&path) {
            Ok(found) if !found.is_dir() => {
                return Err(TaskError::new(format!("`{}` exists and is a file", path.display()))
                    .with_help("choose another name"));
            }
            Ok(_) => refuse_conflicts(&path, force)?,
            Err(error) if error.kind() == ErrorKind::NotFound => refuse_broken_link(&path)?,
            Err(error) => return Err(unusable(&path, &error)),
        }
        Ok(Self { path, name })
    }

    /// Absolute, without `.` and `..`.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the app.
    pub(crate) fn name(&self) -> &str {
        self.name.as_str()
    }
}

/// Resolves `..` in the text, as a shell does with `cd`, because the folder need not exist yet.
fn absolute(given: &Path) -> io::Result<PathBuf> {
    let mut path = PathBuf::new();
    for component in std::path::absolute(given)?.components() {
        match component {
            Component::ParentDir => drop(path.pop()),
            other => path.push(other),
        }
    }
    Ok(path)
}

/// Why a path cannot even be looked at, which mostly is a file on the way to it.
fn unusable(path: &Path, error: &io::Error) -> TaskError {
    match path.ancestors().skip(1).find(|ancestor| ancestor.is_file()) {
        Some(file) => TaskError::new(format!("`{}` is a file, not a folder", file.display())),
        None => TaskError::new(format!("cannot read `{}`: {error}", path.display())),
    }
}

/// What does not exist although its name is taken.
fn refuse_broken_link(path: &Path) -> Result<(), TaskError> {
    if fs::symlink_metadata(path).is_err() {
        return Ok(());
    }
    Err(TaskError::new(format!("`{}` is a link to nowhere", path.display()))
        .with_help("remove it, or choose another name"))
}

/// A folder that is in use needs the user's word for it.
fn refuse_conflicts(path: &Path, force: bool) -> Result<(), TaskError> {
    let conflicts = conflicts(path).map_err(|error| unusable(path, &error))?;
    if force || conflicts.is_empty() {
        return Ok(());
    }
    Err(TaskError::new(format!("`{}` holds files that could conflict", path.display()))
        .with_details(conflicts)
        .with_help(
            "choose another name, move them away, or pass `--force` to keep them as they are",
        ))
}

/// What is in the way, sorted, folders with a slash.
fn conflicts(folder: &Path) -> io::Result<Vec<String>> {
    let mut conflicts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !is_harmless(&name) {
            let slash = if entry.file_type()?.is_dir() { "/" } else { "" };
            conflicts.push(name + slash);
        }
    }
    conflicts.sort();
    Ok(conflicts)
}

/// `LICENSE-MIT` and its like count as well, and IntelliJ's module files.
fn is_harmless(name: &str) -> bool {
    HARMLESS.contains(&name) || name.starts_with("LICENSE") || name.ends_with(".iml")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Resolves `my-api` in a fresh folder after `prepare` has filled that one.
    #[track_caller]
    fn check(force: bool, prepare: impl Fn(&Path) -> io::Result<()>) -> Result<Target, TaskError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("my-api");
        prepare(&path).unwrap();
        Target::resolve(&path, force)
    }

    fn folder_with(path: &Path, entries: &[&str]) -> io::Result<()> {
        fs::create_dir(path)?;
        for entry in entries {
            match entry.strip_suffix('/') {
                Some(folder) => fs::create_dir(path.join(folder))?,
                None => fs::write(path.join(entry), "")?,
            }
        }
        Ok(())
    }

    #[test]
    fn cn_10_the_name_is_that_of_the_resolved_folder() {
        for (given, name) in
            [("/x/my-api", "my-api"), ("/x/y/../my-api/.", "my-api"), ("/a/b/", "b")]
        {
            assert_eq!(Target::resolve(Path::new(given), false).unwrap().name(), name);
        }
        let error = Target::resolve(Path::new("/"), false).unwrap_err();
        assert_eq!(error.message, "`/` has no name to give to an app");
    }

    #[test]
    fn cn_11_neither_the_folder_nor_its_parents_need_to_exist() {
        assert!(check(false, |_| Ok(())).is_ok());
        assert!(Target::resolve(Path::new("/no/such/parent/my-api"), false).is_ok());
    }

    #[test]
    fn cn_12_harmless_entries_are_accepted() {
        let folders = [".git/", ".github/", ".hg/", ".idea/", ".vscode/", ".zed/", "docs/"];
        let files =
            [".gitignore", ".gitattributes", ".DS_Store", "LICENSE", "LICENSE-MIT", "my.iml"];
        assert!(check(false, |path| folder_with(path, &[])).is_ok());
        assert!(check(false, |path| folder_with(path, &folders)).is_ok());
        assert!(check(false, |path| folder_with(path, &files)).is_ok());
    }

    #[test]
    fn cn_12_other_entries_are_listed_sorted_with_folders_marked() {
        let entries = ["src/", "README.md", ".env", ".gitignore", "Cargo.toml", "license"];
        let error = check(false, |path| folder_with(path, &entries)).unwrap_err();
        assert!(error.message.ends_with("my-api` holds files that could conflict"));
        assert_eq!(error.details, [".env", "Cargo.toml", "README.md", "license", "src/"]);
        assert!(error.help.unwrap().contains("--force"));
    }

    #[test]
    fn cn_12_force_accepts_what_is_there() {
        assert!(check(true, |path| folder_with(path, &["src/", "README.md"])).is_ok());
    }

    #[test]
    fn cn_14_a_file_is_no_folder_even_with_force() {
        for force in [false, true] {
            let error = check(force, |path| fs::write(path, "")).unwrap_err();
            assert!(error.message.ends_with("my-api` exists and is a file"), "{}", error.message);
        }
    }

    #[test]
    #[cfg(unix)]
    fn cn_14_a_broken_link_is_no_folder() {
        let link = |path: &Path| std::os::unix::fs::symlink("nowhere", path);
        let error = check(true, link).unwrap_err();
        assert!(error.message.ends_with("my-api` is a link to nowhere"), "{}", error.message);
    }

    #[test]
    fn cn_14_a_parent_that_is_a_file_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "").unwrap();
        let error = Target::resolve(&file.join("sub/my-api"), false).unwrap_err();
        assert_eq!(error.message, format!("`{}` is a file, not a folder", file.display()));
    }
}
