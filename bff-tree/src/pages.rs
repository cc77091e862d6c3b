//! Where the files of `pages/api` are and which URLs they have: the file name is the last segment (RH-470).

/// Where `pages` is when the app folder is not named; only that beside the app folder is served.
pub(crate) const PAGES: [&str; 2] = ["pages", "src/pages"];

/// The names that make the URL of a file, given its path relative to `pages`: `api/posts/[id].rs`.
///
/// ```
/// # use bff_tree::api_names;
/// assert_eq!(api_names("api/posts/[id].rs"), ["api", "posts", "[id]"]);
/// assert_eq!(api_names("api/posts/index.rs"), ["api", "posts"]);
/// assert_eq!(api_names("api.rs"), ["api"]);
/// ```
pub fn api_names(path: &str) -> Vec<&str> {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let mut names: Vec<&str> = path.split('/').collect();
    if names.len() > 1 && names.last() == Some(&"index") {
        names.pop();
    }
    names
}

/// The index of the `pages` folder in a path, given as its names from the package down to the file, when the file
/// has the place of one below `pages/api`.
///
/// A `route.rs` below a folder `app` is that app's, whatever the folders between them are called.
///
/// ```
/// # use bff_tree::pages_index;
/// assert_eq!(pages_index(&["src", "pages", "api", "x.rs"]), Some(1));
/// assert_eq!(pages_index(&["pages", "about.rs"]), None);
/// assert_eq!(pages_index(&["app", "pages", "api", "route.rs"]), None);
/// ```
pub fn pages_index(names: &[impl AsRef<str>]) -> Option<usize> {
    let last = names.len().checked_sub(1)?;
    let index = (0..last).find(|&index| {
        names[index].as_ref() == "pages"
            && (names[index + 1].as_ref() == "api" && index + 1 < last
                || names[index + 1].as_ref() == "api.rs" && index + 1 == last)
    })?;
    let route_file = names[last].as_ref() == "route.rs";
    let in_app = names[..index].iter().any(|name| name.as_ref() == "app");
    (!(route_file && in_app)).then_some(index)
}

/// The `pages` folder that belongs to an app folder: the one beside it.
pub(crate) fn beside(app: &str) -> String {
    match app.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/pages"),
        None => "pages".to_owned(),
    }
}

/// The path relative to `pages`, for `pages/api.rs` and everything below `pages/api`.
pub(crate) fn api_path<'a>(path: &'a str, pages: &str) -> Option<&'a str> {
    let inside = path.strip_prefix(pages)?.strip_prefix('/')?;
    (inside == "api.rs" || inside.starts_with("api/")).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_470_the_file_name_is_the_last_segment() {
        for (path, names) in [
            ("api/x.rs", &["api", "x"][..]),
            ("api/x/index.rs", &["api", "x"]),
            ("api/index.rs", &["api"]),
            ("api/index/index.rs", &["api", "index"]),
            ("api/rss.xml.rs", &["api", "rss.xml"]),
            ("api/[...slug].rs", &["api", "[...slug]"]),
            ("api/route.rs", &["api", "route"]),
            ("api.rs", &["api"]),
        ] {
            assert_eq!(api_names(path), names, "{path}");
        }
    }

    #[test]
    fn a_file_is_known_by_its_place() {
        for (path, index) in [
            ("pages/api/x.rs", Some(0)),
            ("pages/api.rs", Some(0)),
            ("web/pages/api/a/[id].rs", Some(1)),
            ("pages/pages/api/x.rs", Some(1)),
            ("pages/api/route.rs", Some(0)),
            ("app/pages/api/x.rs", Some(1)),
            ("app/pages/api/route.rs", None),
            ("pages/api", None),
            ("pages/x.rs", None),
            ("pages/apis/x.rs", None),
            ("api/x.rs", None),
            ("x.rs", None),
            ("", None),
        ] {
            let names: Vec<&str> = path.split('/').collect();
            assert_eq!(pages_index(&names), index, "{path}");
        }
    }

    #[test]
    fn a_pages_folder_belongs_to_the_app_folder_beside_it() {
        for (app, pages) in [("app", "pages"), ("src/app", "src/pages"), ("web/a/b", "web/a/pages")]
        {
            assert_eq!(beside(app), pages);
        }
        assert_eq!(api_path("src/pages/api/x.rs", "src/pages"), Some("api/x.rs"));
        assert_eq!(api_path("pages/api.rs", "pages"), Some("api.rs"));
        assert_eq!(api_path("pages/about.rs", "pages"), None);
        assert_eq!(api_path("pages2/api/x.rs", "pages"), None);
    }
}
