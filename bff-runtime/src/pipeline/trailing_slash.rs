use super::TrailingSlash;

/// The path in the form that clients are sent to, when it is in the other one (BP-10, BP-11).
///
/// `path` is the whole path below the mount of the app, and begins with `base`. What lies outside of the base path
/// is not ours to redirect (BP-13).
pub(super) fn other_form(mode: TrailingSlash, path: &str, base: &str) -> Option<String> {
    match mode {
        TrailingSlash::Ignore => None,
        TrailingSlash::Redirect => without(path),
        TrailingSlash::Require => {
            let inside = path.strip_prefix(base)?;
            if inside.is_empty() {
                return Some(format!("{path}/"));
            }
            // Names below it are chosen by others (RFC 8615).
            if inside == "/" || inside.starts_with("/.well-known") {
                return None;
            }
            match without(path) {
                Some(slashless) => is_file(last_segment(&slashless)).then_some(slashless),
                None => (!last_segment(path).contains('.')).then(|| format!("{path}/")),
            }
        }
    }
}

fn without(path: &str) -> Option<String> {
    path.strip_suffix('/').filter(|path| !path.is_empty()).map(str::to_owned)
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `name.word`, as files are called.
fn is_file(segment: &str) -> bool {
    segment.rsplit_once('.').is_some_and(|(name, extension)| {
        let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        !name.is_empty() && !extension.is_empty() && extension.bytes().all(word)
    })
}

#[cfg(test)]
mod tests {
    use TrailingSlash::{Ignore, Redirect, Require};

    use super::*;

    #[test]
    fn bp_10_bp_11_bp_12_each_form_leads_to_the_one_that_was_chosen() {
        for (path, required, redirected) in [
            ("/", None, None),
            ("/about", Some("/about/"), None),
            ("/about/", None, Some("/about")),
            ("/gcc.git", None, None),
            ("/gcc.git/", Some("/gcc.git"), Some("/gcc.git")),
            ("/version/1.2.3/", Some("/version/1.2.3"), Some("/version/1.2.3")),
            ("/version/1.2.3/my-page", Some("/version/1.2.3/my-page/"), None),
            ("/version/1.2.3/my-page/", None, Some("/version/1.2.3/my-page")),
            ("/.well-known/x", None, None),
            ("/.well-known/x/", None, Some("/.well-known/x")),
            ("/.well-knownx", None, None),
            ("/x/.well-known/y", Some("/x/.well-known/y/"), None),
            ("/api/v1.2", None, None),
            ("/a.b-c", None, None),
            ("/a.b-c/", None, Some("/a.b-c")),
            ("/.hidden", None, None),
            ("/.hidden/", None, Some("/.hidden")),
            ("*", None, None),
        ] {
            // `*` is the target of `OPTIONS *`, which is no path.
            if path != "*" {
                assert_eq!(other_form(Require, path, "").as_deref(), required, "{path}");
            }
            assert_eq!(other_form(Redirect, path, "").as_deref(), redirected, "{path}");
            assert_eq!(other_form(Ignore, path, ""), None, "{path}");
        }
    }

    #[test]
    fn bp_11_bp_13_a_base_path_is_the_root() {
        for (path, required, redirected) in [
            ("/docs", Some("/docs/"), None),
            ("/docs/", None, Some("/docs")),
            ("/docs/about", Some("/docs/about/"), None),
            ("/docs/p.txt/", Some("/docs/p.txt"), Some("/docs/p.txt")),
            ("/docs/.well-known/thing", None, None),
        ] {
            assert_eq!(other_form(Require, path, "/docs").as_deref(), required, "{path}");
            assert_eq!(other_form(Redirect, path, "/docs").as_deref(), redirected, "{path}");
        }
        assert_eq!(other_form(Require, "/v1.2", "/v1.2").as_deref(), Some("/v1.2/"));
    }
}
