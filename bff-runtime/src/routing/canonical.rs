use std::borrow::Cow;

/// The canonical form of a path, when it differs: no empty segments (RH-041) and no dot segments, plain or
/// encoded (RH-042, RFC 3986 section 5.2.4). A trailing slash stays.
///
/// The result never begins with `//` or `/\`, so it is safe as a redirect to the same origin.
pub(crate) fn canonical(path: &str) -> Option<String> {
    let mut segments: Vec<&str> = Vec::new();
    let mut changed = false;
    let inner = path.strip_prefix('/')?;
    let (inner, trailing) = match inner.strip_suffix('/') {
        Some(inner) => (inner, true),
        None => (inner, false),
    };
    if inner.is_empty() {
        // `/` is canonical, `//` is not.
        return trailing.then(|| "/".to_owned());
    }
    let mut ends_in_folder = trailing;
    for segment in inner.split('/') {
        ends_in_folder = trailing;
        match &*undotted(segment) {
            "" => changed = true,
            "." => {
                changed = true;
                ends_in_folder = true;
            }
            ".." => {
                changed = true;
                ends_in_folder = true;
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    if !changed {
        return None;
    }
    let mut canonical = String::with_capacity(path.len());
    for segment in &segments {
        canonical.push('/');
        canonical.push_str(segment);
    }
    if canonical.is_empty() || ends_in_folder {
        canonical.push('/');
    }
    Some(canonical)
}

/// The segment with `%2e` decoded, when it can be a dot segment at all.
fn undotted(segment: &str) -> Cow<'_, str> {
    if segment.len() <= 6 && segment.contains('%') {
        Cow::Owned(segment.replace("%2e", ".").replace("%2E", "."))
    } else {
        Cow::Borrowed(segment)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rh_041_rh_042_empty_and_dot_segments_are_removed() {
        for (path, expected) in [
            ("/", None),
            ("/a", None),
            ("/a/", None),
            ("/.well-known/x", None),
            ("/a/..b", None),
            ("/%61", None),
            ("//", Some("/")),
            ("/echo//a", Some("/echo/a")),
            ("/echo//", Some("/echo/")),
            ("//evil.com/x", Some("/evil.com/x")),
            ("///evil.com", Some("/evil.com")),
            ("/echo/..", Some("/")),
            ("/a/b/../c", Some("/a/c")),
            ("/a/b/..", Some("/a/")),
            ("/a/./b", Some("/a/b")),
            ("/a/%2e%2E/b", Some("/b")),
            ("/a/.%2e/b", Some("/b")),
            ("/../../x", Some("/x")),
            ("/a/..//evil.com", Some("/evil.com")),
        ] {
            assert_eq!(canonical(path).as_deref(), expected, "{path}");
        }
    }

    proptest! {
        #[test]
        fn a_canonical_path_is_final_and_of_the_same_origin(path in "/[/.a%2eE]{0,12}") {
            if let Some(canonical) = canonical(&path) {
                prop_assert!(canonical.starts_with('/') && !canonical.starts_with("//"), "{}", canonical);
                prop_assert_eq!(super::canonical(&canonical), None);
            }
        }
    }
}
