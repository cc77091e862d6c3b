use std::borrow::Cow;

use crate::routing::{decode, escapes_unreserved};

/// The name of a file below the folder, as a path of a URL names it: `/a%20b/c.txt` is `a b/c.txt`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    pub(super) text: Cow<'a, str>,
    /// One slash stands at the end of the path, which no name has.
    pub(super) has_slash: bool,
}

impl<'a> Name<'a> {
    /// `None` for a path that names nothing: the root, a broken escape, and any second spelling. What has to be
    /// escaped is decoded once (PF-11); an escaped slash parts no names, and an escape that is not needed names
    /// nothing, as in routes (RH-016), so that what compares raw paths in front of the files is not deceived.
    pub(super) fn of(path: &'a str) -> Option<Self> {
        let path = path.strip_prefix('/')?;
        let (path, has_slash) = match path.strip_suffix('/') {
            Some(path) => (path, true),
            None => (path, false),
        };
        if path.is_empty() {
            return None;
        }
        let text =
            if path.contains('%') { Cow::Owned(decoded(path)?) } else { Cow::Borrowed(path) };
        Some(Self { text, has_slash })
    }
}

#[cold]
fn decoded(path: &str) -> Option<String> {
    let mut name = String::with_capacity(path.len());
    for (n, segment) in path.split('/').enumerate() {
        if n > 0 {
            name.push('/');
        }
        let decoded = decode(segment)?;
        if decoded.contains('/') || escapes_unreserved(segment) {
            return None;
        }
        name.push_str(&decoded);
    }
    Some(name)
}

/// True for a name that is served. What begins with a dot is for tools and never meant for clients, but for the one
/// folder that has a standard (PF-10, RFC 8615).
pub(super) fn is_served(name: &str) -> bool {
    let name = name.strip_prefix(".well-known/").unwrap_or(name);
    !name.split('/').any(|part| part.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pf_11_a_path_names_one_file_in_one_spelling() {
        for (path, expected) in [
            ("/a.txt", Some(("a.txt", false))),
            ("/a.txt/", Some(("a.txt", true))),
            ("/a/b.txt", Some(("a/b.txt", false))),
            ("/sub/a%20b.txt", Some(("sub/a b.txt", false))),
            ("/sub/%C3%A9.txt", Some(("sub/é.txt", false))),
            ("/sub/%5Bx%5D.txt", Some(("sub/[x].txt", false))),
            ("/sub/[x].txt", Some(("sub/[x].txt", false))),
            ("/100%25.txt", Some(("100%.txt", false))),
            ("/%2525", Some(("%25", false))),
            ("/", None),
            ("", None),
            ("*", None),
            ("/%61.txt", None),
            ("/%2e%2e/x", None),
            ("/%2E./x", None),
            ("/a%2Fb.txt", None),
            ("/a%2fb.txt", None),
            ("/..%2fx", None),
            ("/%", None),
            ("/%zz", None),
            ("/%ff", None),
            ("/a%2", None),
        ] {
            let name = Name::of(path);
            let name = name.as_ref().map(|name| (&*name.text, name.has_slash));
            assert_eq!(name, expected, "{path}");
        }
    }

    // The compile time has the same rule; the table of its test is this one.
    #[test]
    fn pf_10_hidden_names_are_not_served_but_well_known_ones_are() {
        for (name, expected) in [
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
            assert_eq!(is_served(name), expected, "{name}");
        }
    }
}
