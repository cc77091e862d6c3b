use std::{
    env,
    path::{Path, PathBuf},
};

/// The `public/` of an app as `app!` emits it: plain data.
#[derive(Clone, Copy, Debug)]
pub struct Folder(pub(super) Kind);

#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// The disk is asked for each request. In a debug build, where the package was built.
    Live(Option<&'static str>),
    /// The names are read from the disk when the router is built, the files when they are asked for.
    Listed,
    /// The files are parts of the program. Sorted by path.
    Embedded(&'static [File]),
}

impl Folder {
    /// Asks the disk for each request, first in this folder: that of the package in a debug build.
    pub const fn live_in(built: &'static str) -> Self {
        Self(Kind::Live(Some(built)))
    }

    /// Asks the disk for each request.
    pub const fn live() -> Self {
        Self(Kind::Live(None))
    }

    /// Lists the folder when the router is built.
    pub const fn listed() -> Self {
        Self(Kind::Listed)
    }

    /// Asks no disk. The files are sorted by path.
    pub const fn embedded(files: &'static [File]) -> Self {
        Self(Kind::Embedded(files))
    }
}

/// A file that is a part of the program.
#[derive(Clone, Copy, Debug)]
pub struct File {
    pub(super) path: &'static str,
    pub(super) bytes: &'static [u8],
    /// It is the compressed form of a file that has changed since.
    pub(super) stale: bool,
}

impl File {
    /// The path is relative to the folder, with `/` between names.
    pub const fn new(path: &'static str, bytes: &'static [u8]) -> Self {
        Self { path, bytes, stale: false }
    }

    /// As [`new`](Self::new), of the compressed form of a file that has changed since.
    pub const fn stale(path: &'static str, bytes: &'static [u8]) -> Self {
        Self { path, bytes, stale: true }
    }
}

/// The variable that names the folder.
const VARIABLE: &str = "BFF_PUBLIC_DIR";

/// Where the folder is looked for, in this order: where the variable says, and nowhere else when it is set; where a
/// debug build found it; in the working directory; beside the program.
pub(super) fn places(built: Option<&str>) -> Vec<PathBuf> {
    let named = crate::env::var_opt(VARIABLE);
    let program = env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let places = places_of(named.as_deref(), built, beside);
    // A program that changes its working directory later still finds them.
    places.into_iter().map(|place| std::path::absolute(&place).unwrap_or(place)).collect()
}

fn places_of(named: Option<&str>, built: Option<&str>, program: Option<&Path>) -> Vec<PathBuf> {
    // An empty value is the shell's way of saying "none".
    if let Some(named) = named.filter(|named| !named.is_empty()) {
        return vec![PathBuf::from(named)];
    }
    let built = built.map(PathBuf::from);
    let usual = [Some(PathBuf::from("public")), program.map(|folder| folder.join("public"))];
    built.into_iter().chain(usual.into_iter().flatten()).collect()
}

/// What is said when the folder is in none of these places.
pub(super) fn missing(places: &[PathBuf]) -> String {
    let places: Vec<String> = places.iter().map(|place| format!("`{}`", place.display())).collect();
    format!(
        "the files of `public/` are missing: there is no folder {}; start the program beside the folder, name it in `{VARIABLE}`, or build with `bff::app!(public = \"embed\")`",
        places.join(" or ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_looked_for_in_a_few_places_in_order() {
        let program = Some(Path::new("/srv/bin"));
        for (named, built, program, expected) in [
            (None, Some("/src/public"), program, "/src/public public /srv/bin/public"),
            (None, None, program, "public /srv/bin/public"),
            (None, None, None, "public"),
            (Some(""), None, None, "public"),
            (Some("/var/www"), Some("/src/public"), program, "/var/www"),
            (Some("dist"), None, program, "dist"),
        ] {
            let places = places_of(named, built, program);
            let places: Vec<String> =
                places.iter().map(|place| place.display().to_string().replace('\\', "/")).collect();
            assert_eq!(places.join(" "), expected, "{named:?} {built:?}");
        }
    }

    #[test]
    fn a_missing_folder_is_described_with_its_remedy() {
        let text = missing(&["/a".into(), "/b".into()]);
        assert!(
            text.contains("no folder `/a` or `/b`") && text.contains("BFF_PUBLIC_DIR"),
            "{text}"
        );
    }
}
