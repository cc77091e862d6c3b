//! Where a new app stands among the packages around it.
//!
//! Cargo looks for a workspace in every folder above a package. If it finds one that does not list the
//! package, it refuses to build it, unless the package has a `[workspace]` table of its own. If the
//! workspace does list it (`members = ["services/*"]`), that same table is an error. So a table always
//! or a table never would both be wrong, and who is a member is cargo's to say.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The place of a package.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Standing {
    /// The root of its own workspace: nothing around it, or excluded from what is.
    Alone,
    /// A member of the workspace around it.
    Member,
    /// Below the workspace with this root, which does not know it.
    Outsider(PathBuf),
}

/// The place of the package with this manifest, which must exist with all it needs.
pub(crate) fn standing(manifest: &Path) -> Standing {
    let Some(outer) = outer_workspace(manifest) else { return Standing::Alone };
    match workspace_root(manifest) {
        Some(root) if is_same(&root, manifest) => Standing::Alone,
        Some(_) => Standing::Member,
        None => Standing::Outsider(outer),
    }
}

/// The nearest folder above the package's own that is the root of a workspace.
fn outer_workspace(manifest: &Path) -> Option<PathBuf> {
    let is_root = |folder: &&Path| {
        fs::read_to_string(folder.join("Cargo.toml"))
            .is_ok_and(|text| text.lines().any(|line| line.trim_start().starts_with("[workspace")))
    };
    manifest.ancestors().skip(2).find(is_root).map(Path::to_owned)
}

/// Cargo's answer, or nothing if it refuses the package.
fn workspace_root(manifest: &Path) -> Option<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["locate-project", "--workspace", "--message-format=plain", "--manifest-path"])
        .arg(manifest)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let root = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| PathBuf::from(root.trim_end()))
}

/// Whether two paths name one file, links or not.
fn is_same(a: &Path, b: &Path) -> bool {
    a == b || fs::canonicalize(a).is_ok_and(|a| fs::canonicalize(b).is_ok_and(|b| a == b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_decides_who_is_a_member() {
        for (outer, expected) in [
            (None, "Alone"),
            (Some("[package]\nname = \"x\"\nversion = \"0.1.0\"\n"), "Alone"),
            (Some("[workspace]\nmembers = [\"apps/*\"]\nresolver = \"3\"\n"), "Member"),
            (Some("[workspace]\nexclude = [\"apps\"]\nresolver = \"3\"\n"), "Alone"),
            (Some("[workspace]\nresolver = \"3\"\n"), "Outsider"),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let package = dir.path().join("apps/my-api");
            fs::create_dir_all(package.join("src")).unwrap();
            fs::write(package.join("src/main.rs"), "fn main() {}\n").unwrap();
            let manifest = package.join("Cargo.toml");
            fs::write(&manifest, "[package]\nname = \"my-api\"\nversion = \"0.1.0\"\n").unwrap();
            if let Some(outer) = outer {
                fs::write(dir.path().join("Cargo.toml"), outer).unwrap();
            }
            let found = standing(&manifest);
            let expected = match expected {
                "Alone" => Standing::Alone,
                "Member" => Standing::Member,
                _ => Standing::Outsider(dir.path().to_owned()),
            };
            assert_eq!(found, expected, "{outer:?}");
        }
    }
}
