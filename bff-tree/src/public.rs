use crate::source::SourceTree;

/// The folder of files that are served as they are (PF-01).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicFolder {
    /// The folder relative to the package: `public`.
    pub path: String,
    /// What is served: files relative to the folder, sorted, without hidden ones.
    pub files: Vec<String>,
    /// Which of them are compressed forms of another that has changed since: `x.js.gz` that is older than `x.js`.
    pub stale: Vec<String>,
}

/// How the names of compressed forms end, `x.js.br` beside `x.js`: the codings that browsers know (RFC 9110 section
/// 8.4.1, RFC 7932, RFC 8878).
const COMPRESSED: [&str; 3] = [".br", ".gz", ".zst"];

impl PublicFolder {
    /// The folder of an app, when it has one; of an app with mistakes, too.
    pub fn of(source: &SourceTree) -> Option<Self> {
        Some(Self {
            path: source.public_folder.clone()?,
            files: source.public.clone(),
            stale: source.stale.clone(),
        })
    }
}

/// Where the folder is: beside the app folder, but never in `src`, where it could be a module of the program.
pub(crate) fn place(app: Option<&str>, pages: Option<&str>) -> String {
    let mut above = app.or(pages).and_then(|folder| Some(folder.rsplit_once('/')?.0));
    if let Some(folder) = above {
        above = match folder.rsplit_once('/') {
            Some((outer, "src")) => Some(outer),
            None if folder == "src" => None,
            _ => Some(folder),
        };
    }
    above.map_or_else(|| "public".to_owned(), |above| format!("{above}/public"))
}

/// True for a path below the folder that is served. What begins with a dot is for tools and never meant for clients,
/// but for the one folder that has a standard (PF-10, RFC 8615).
pub(crate) fn is_served(path: &str) -> bool {
    let path = path.strip_prefix(".well-known/").unwrap_or(path);
    !path.split('/').any(|name| name.starts_with('.'))
}

/// The file that this one would be a compressed form of.
pub(crate) fn original(path: &str) -> Option<&str> {
    let original = COMPRESSED.iter().find_map(|suffix| path.strip_suffix(suffix))?;
    (!original.is_empty() && !original.ends_with('/')).then_some(original)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pf_01_the_folder_is_beside_the_app_folder_and_never_in_src() {
        for (app, pages, expected) in [
            (Some("app"), None, "public"),
            (Some("src/app"), Some("src/pages"), "public"),
            (None, Some("pages"), "public"),
            (None, Some("src/pages"), "public"),
            (None, None, "public"),
            (Some("web/app"), None, "web/public"),
            (Some("web/src/app"), None, "web/public"),
            (Some("web/srcs/app"), None, "web/srcs/public"),
        ] {
            assert_eq!(place(app, pages), expected, "{app:?} {pages:?}");
        }
    }

    // The run time has the same rule; the table of its test is this one.
    #[test]
    fn pf_10_hidden_files_are_not_served_but_well_known_ones_are() {
        for (path, expected) in [
            ("a.txt", true),
            ("a/b.txt", true),
            ("a.b/.c", false),
            (".env", false),
            (".git/config", false),
            ("a/.git/b", false),
            (".well-known/security.txt", true),
            (".well-known/a/b", true),
            (".well-known/.env", false),
            (".well-known", false),
            (".well-knownx/a", false),
            ("a/.well-known/x", false),
            ("..", false),
            ("a/..", false),
        ] {
            assert_eq!(is_served(path), expected, "{path}");
        }
    }

    #[test]
    fn a_compressed_form_is_named_after_its_file() {
        for (path, expected) in [
            ("x.js.br", Some("x.js")),
            ("a/x.gz", Some("a/x")),
            ("x.tar.zst", Some("x.tar")),
            ("x.js", None),
            (".br", None),
            ("a/.gz", None),
            ("x.BR", None),
        ] {
            assert_eq!(original(path), expected, "{path}");
        }
    }
}
