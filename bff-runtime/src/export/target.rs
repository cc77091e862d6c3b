//! The folder that is replaced, and which folder may be.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::sidecars::{HEADERS, MANIFEST, Manifest, REDIRECTS};

/// Folders of an app that hold what people have written.
const SOURCES: [&str; 6] = [".git", "app", "pages", "public", "src", "static"];

/// How many names a message lists.
const LISTED: usize = 5;

/// The folder as an absolute path, when it may be replaced (EX-01): it is new, empty, or an earlier export. The project is
/// the package that the folder is in, wherever the program was started; in none it is `here`.
///
/// # Errors
/// What keeps it from being replaced.
pub(super) fn target(folder: &Path, here: &Path) -> Result<PathBuf, String> {
    let shown = folder.display();
    let absolute = absolute(folder).map_err(|error| format!("`{shown}`: {error}"))?;
    let here = fs::canonicalize(here).unwrap_or_else(|_| here.to_owned());
    let project = absolute.ancestors().find(|folder| folder.join("Cargo.toml").is_file());
    let project = project.unwrap_or(&here);
    if here.starts_with(&absolute) || project == absolute {
        return Err(format!("`{shown}` is the project, or has it inside"));
    }
    let source = absolute.strip_prefix(project).ok().and_then(|inside| {
        let first = inside.iter().next()?;
        SOURCES.into_iter().find(|source| first == *source)
    });
    if let Some(source) = source {
        return Err(format!(
            "`{shown}` is not for files that are made: `{source}` holds the app's own"
        ));
    }
    match fs::symlink_metadata(&absolute) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(absolute),
        Err(error) => Err(format!("`{shown}` cannot be read: {error}")),
        Ok(metadata) if metadata.is_dir() => {
            ours(&absolute).map_err(|reason| format!("`{shown}` {reason}"))?;
            Ok(absolute)
        }
        Ok(metadata) if metadata.is_symlink() => {
            Err(format!("`{shown}` is a link; name the folder that it leads to"))
        }
        Ok(_) => Err(format!("`{shown}` is a file")),
    }
}

/// The path without `.`, `..` and links above it, of which only the last name need not exist.
fn absolute(folder: &Path) -> io::Result<PathBuf> {
    let none = || io::Error::other("this names no folder of its own");
    let path = std::path::absolute(folder)?;
    let name = path.file_name().ok_or_else(none)?;
    let parent = path.parent().ok_or_else(none)?;
    let mut missing = vec![name.to_owned()];
    let mut existing = parent;
    loop {
        match fs::canonicalize(existing) {
            Ok(real) => return Ok(missing.iter().rev().fold(real, |path, name| path.join(name))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // `a/..` with no `a` leads nowhere.
                missing.push(existing.file_name().ok_or_else(none)?.to_owned());
                existing = existing.parent().ok_or_else(none)?;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Nothing is there that was not written by an earlier export.
fn ours(folder: &Path) -> Result<(), String> {
    let files = files(folder).map_err(|error| format!("cannot be read: {error}"))?;
    if files.is_empty() {
        return Ok(());
    }
    let manifest = fs::read_to_string(folder.join(MANIFEST)).ok();
    let Some(written) = manifest.as_deref().and_then(Manifest::read) else {
        return Err("holds files and is no earlier export".to_owned());
    };
    let written: HashSet<&str> =
        written.iter().map(|file| file.file()).chain([HEADERS, MANIFEST, REDIRECTS]).collect();
    let mut strangers: Vec<&str> =
        files.iter().map(String::as_str).filter(|file| !written.contains(file)).collect();
    strangers.sort_unstable();
    if strangers.is_empty() {
        return Ok(());
    }
    let more = strangers.len().saturating_sub(LISTED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    strangers.truncate(LISTED);
    Err(format!("holds what no export has written: `{}`{more}", strangers.join("`, `")))
}

/// The names of everything below a folder that is no folder, with `/` between names; a folder that is empty counts,
/// with a slash at its end.
fn files(folder: &Path) -> io::Result<Vec<String>> {
    fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
        let before = names.len();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            // Links are not followed: whatever they lead to was not written here.
            if entry.file_type()?.is_dir() {
                collect(&entry.path(), &format!("{name}/"), names)?;
            } else {
                names.push(name);
            }
        }
        if names.len() == before && !prefix.is_empty() {
            names.push(prefix.to_owned());
        }
        Ok(())
    }
    let mut names = Vec::new();
    collect(folder, "", &mut names)?;
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{ExportedFile, sidecars::manifest_text};

    /// A project with these files; a name that ends in a slash is a folder.
    fn project(files: &[&str]) -> tempfile::TempDir {
        let project = tempfile::tempdir().unwrap();
        for file in files {
            let path = project.path().join(file);
            if file.ends_with('/') {
                fs::create_dir_all(path).unwrap();
                continue;
            }
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "mine").unwrap();
        }
        project
    }

    /// Makes a folder an export of these files.
    fn exported(folder: &Path, files: &[&str]) {
        let file = |file: &&str| ExportedFile {
            path: format!("/{file}"),
            file: (*file).to_owned(),
            source: String::new(),
            status: 200,
            headers: Vec::new(),
            bytes: 4,
            sha256: String::new(),
        };
        let files: Vec<ExportedFile> = files.iter().map(file).collect();
        fs::create_dir_all(folder.join("_bff")).unwrap();
        fs::write(folder.join(MANIFEST), manifest_text(&files).unwrap()).unwrap();
    }

    #[test]
    fn ex_01_what_is_the_apps_own_is_never_replaced() {
        let project = project(&["Cargo.toml", "app/route.rs", "public/", "notes/a.txt", "file"]);
        for (folder, reason) in [
            ("", "is the project, or has it inside"),
            (".", "is the project, or has it inside"),
            ("out/..", "this names no folder of its own"),
            ("..", "this names no folder of its own"),
            ("app", "`app` holds the app's own"),
            ("app/out", "`app` holds the app's own"),
            ("public", "`public` holds the app's own"),
            ("public/out", "`public` holds the app's own"),
            ("src", "`src` holds the app's own"),
            ("pages/api", "`pages` holds the app's own"),
            ("static", "`static` holds the app's own"),
            (".git", "`.git` holds the app's own"),
            ("x/../app", "this names no folder of its own"),
            ("notes", "holds files and is no earlier export"),
            ("file", "is a file"),
            ("file/out", "Not a directory"),
        ] {
            let refused = target(&project.path().join(folder), project.path()).expect_err(folder);
            assert!(refused.contains(reason), "{folder}: {refused}");
        }
        let parent = project.path().parent().unwrap();
        let refused = target(parent, project.path()).expect_err("it has the project inside");
        assert!(refused.contains("has it inside"), "{refused}");
        assert!(target(Path::new("/"), project.path()).is_err());
    }

    #[test]
    fn ex_01_the_project_is_the_package_that_the_folder_is_in() {
        let workspace =
            project(&["Cargo.toml", "app/one/Cargo.toml", "app/one/src/main.rs", "elsewhere/"]);
        let root = workspace.path();
        for here in ["", "app/one", "app/one/src", "elsewhere"] {
            for (folder, reason) in [
                ("app/one", "is the project, or has it inside"),
                ("app/one/public", "`public` holds the app's own"),
                ("app/one/src/out", "`src` holds the app's own"),
                ("public", "`public` holds the app's own"),
            ] {
                let refused = target(&root.join(folder), &root.join(here)).expect_err(folder);
                assert!(refused.contains(reason), "{here}: {folder}: {refused}");
            }
            let out = target(&root.join("app/one/out"), &root.join(here));
            assert!(out.is_ok(), "{here}: {out:?}");
        }
    }

    #[test]
    fn ex_01_a_folder_that_is_new_or_empty_or_an_earlier_export_is_replaced() {
        let project = project(&["empty/", "out/a", "out/b/c", "out/_headers"]);
        exported(&project.path().join("out"), &["a", "b/c"]);
        for folder in ["new", "deep/er/new", "empty", "empty/", "out", "out/./", "empty/../out"] {
            let found = target(&project.path().join(folder), project.path());
            assert!(found.is_ok(), "{folder}: {found:?}");
        }
    }

    #[test]
    fn ex_01_an_export_that_something_was_added_to_is_left_alone() {
        for (added, shown) in [
            (&["out/mine.txt"][..], "`mine.txt`"),
            (&["out/.git/HEAD"], "`.git/HEAD`"),
            (&["out/notes/"], "`notes/`"),
            (
                &["out/z", "out/a.1", "out/x", "out/y", "out/v", "out/w"],
                "`a.1`, `v`, `w`, `x`, `y` and 1 more",
            ),
        ] {
            let project = project(&[&["out/a"], added].concat());
            exported(&project.path().join("out"), &["a"]);
            let refused = target(&project.path().join("out"), project.path()).expect_err(shown);
            let expected = format!("holds what no export has written: {shown}");
            assert!(refused.ends_with(&expected), "{refused}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn ex_01_a_link_is_not_replaced_and_one_inside_is_a_stranger() {
        use std::os::unix::fs::symlink;

        let project = project(&["real/", "notes/a.txt", "out/a"]);
        symlink("real", project.path().join("link")).unwrap();
        let refused = target(&project.path().join("link"), project.path()).expect_err("a link");
        assert!(refused.contains("is a link"), "{refused}");
        exported(&project.path().join("out"), &["a"]);
        symlink("../notes", project.path().join("out/notes")).unwrap();
        let refused = target(&project.path().join("out"), project.path()).expect_err("a stranger");
        assert!(refused.ends_with("`notes`"), "{refused}");
    }
}
