//! What the new app depends on: the published runtime, or the checkout that this tool came from.

use std::fs;
use std::path::{Path, PathBuf};

/// The sibling that exists only in a checkout, and never beside a published package.
const CHECKOUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../bff-runtime/Cargo.toml");

/// The manifest line for the runtime. Whoever works on bff itself gets apps that use their own copy.
pub(crate) fn on_the_runtime() -> String {
    match runtime_folder(Path::new(CHECKOUT)).as_deref().and_then(Path::to_str) {
        Some(folder) => format!("bff = {{ path = {}, package = \"bff-runtime\" }}", quoted(folder)),
        None => {
            let version = env!("CARGO_PKG_VERSION");
            format!("bff = {{ version = \"{version}\", package = \"bff-runtime\" }}")
        }
    }
}

/// The folder of a manifest, provided that the package in it is the runtime.
fn runtime_folder(manifest: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(manifest).ok()?;
    let is_runtime = text.lines().any(|line| line.trim() == r#"name = "bff-runtime""#);
    let folder = fs::canonicalize(manifest.parent()?).ok()?;
    is_runtime.then_some(folder)
}

/// A TOML basic string: <https://toml.io/en/v1.0.0#string>.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_runtime_itself_counts_as_a_checkout() {
        let dir = tempfile::tempdir().unwrap();
        let manifest = dir.path().join("Cargo.toml");
        assert_eq!(runtime_folder(&manifest), None);
        fs::write(&manifest, "[package]\nname = \"another\"\n").unwrap();
        assert_eq!(runtime_folder(&manifest), None);
        fs::write(&manifest, "[package]\nname = \"bff-runtime\"\n").unwrap();
        assert_eq!(runtime_folder(&manifest), Some(dir.path().canonicalize().unwrap()));
    }

    #[test]
    fn paths_are_quoted_for_toml() {
        assert_eq!(quoted(r#"C:\a "b""#), r#""C:\\a \"b\"""#);
        assert_eq!(quoted("a\tb"), "\"a\\U00000009b\"");
    }
}
