//! Which `bff.toml` is read, and which is not.

use super::{FILE, is_config};
use crate::{Code, Diagnostics, Location, SourceTree};

/// Files that are taken for it by people, and by nothing else.
pub(crate) const NEAR_MISSES: [&str; 6] =
    ["Bff.toml", "BFF.toml", "bff.json", "bff.yaml", "bff.yml", "src/bff.toml"];

/// True for a file that is `bff.toml` or is meant to be.
pub(crate) fn is_meant(path: &str) -> bool {
    is_config(path) || NEAR_MISSES.contains(&path)
}

/// The one beside the app folder, or else the one in the package. None of `src`: that is where modules are.
pub(crate) fn of(source: &SourceTree) -> Option<&str> {
    let folder = source.app.as_deref().and_then(|app| Some(app.rsplit_once('/')?.0));
    let own = folder.filter(|folder| *folder != "src").map(|folder| format!("{folder}/{FILE}"));
    let find = |path: &str| source.files.iter().find(|file| file.path == path);
    let found = own.as_deref().and_then(find).or_else(|| find(FILE))?;
    Some(&found.path)
}

/// What stands elsewhere would be ignored without a word, and its rules with it.
pub(crate) fn misplaced(source: &SourceTree, diagnostics: &mut Diagnostics) {
    let right = of(source);
    for file in &source.files {
        let path = &*file.path;
        let is_private = path.split('/').any(|folder| folder.starts_with('_'));
        if Some(path) == right || !is_meant(path) || is_private {
            continue;
        }
        let location = Location::file(path);
        if let (FILE, Some(right)) = (path, right) {
            diagnostics
                .tree(
                    Code::ConfigPlace,
                    location,
                    format!("both `{right}` and `{path}` exist"),
                    format!("keep `{right}`, which stands beside the app folder; an app has one file of rules"),
                )
                .related
                .push(Location::file(right));
            continue;
        }
        diagnostics.tree(
            Code::ConfigPlace,
            location,
            format!("`{path}` is never read"),
            match right {
                Some(right) => format!("move what it says to `{right}`, and remove it"),
                None => format!(
                    "the file is `{FILE}`, beside `Cargo.toml`: move it there, or remove it"
                ),
            },
        );
    }
}
