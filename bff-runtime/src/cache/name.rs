use std::{fmt, sync::Arc};

/// A name under which entries are given up: a tag, or one of those that the path gives every entry (RH-308).
///
/// The word before the blank keeps tags and paths apart.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Name(Arc<str>);

impl Name {
    /// A tag has at most so many characters (RH-302, RH-297).
    pub(crate) const LONGEST_TAG: usize = 256;

    /// Whether a text can be a tag.
    pub(crate) fn is_tag(text: &str) -> bool {
        !text.is_empty() && text.chars().nth(Self::LONGEST_TAG).is_none()
    }

    /// A tag of the app.
    pub(crate) fn tag(tag: &str) -> Self {
        Self(format!("tag {tag}").into())
    }

    /// One path, as [`spelled`](crate::policy::spelled) has it, without a slash at its end.
    pub(crate) fn path(path: &str) -> Self {
        Self(format!("path {path}").into())
    }

    /// All paths of a pattern.
    pub(crate) fn pattern(pattern: &str) -> Self {
        Self(format!("pattern {pattern}").into())
    }

    /// A path and all below it.
    pub(crate) fn below(path: &str) -> Self {
        Self(format!("below {path}").into())
    }

    /// All names that an entry has by its path.
    pub(crate) fn of_path(path: &str, pattern: &str) -> Vec<Self> {
        let mut names = vec![Self::path(path), Self::pattern(pattern), Self::below("/")];
        let slashes = path.match_indices('/').map(|(at, _)| at).skip(1);
        let ends = slashes.chain((path != "/").then_some(path.len()));
        names.extend(ends.map(|end| Self::below(&path[..end])));
        names
    }

    /// One that [`as_str`](Self::as_str) has given.
    #[cfg(feature = "redis")]
    pub(crate) fn from_text(text: &str) -> Self {
        Self(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_306_rh_308_an_entry_is_named_by_its_path_its_pattern_and_what_is_above() {
        for (path, pattern, expected) in [
            ("/", "/", &["path /", "pattern /", "below /"][..]),
            (
                "/posts/7",
                "/posts/{id}",
                &[
                    "path /posts/7",
                    "pattern /posts/{id}",
                    "below /",
                    "below /posts",
                    "below /posts/7",
                ],
            ),
            ("/a", "/a", &["path /a", "pattern /a", "below /", "below /a"]),
        ] {
            let names = Name::of_path(path, pattern);
            let names: Vec<_> = names.iter().map(Name::as_str).collect();
            assert_eq!(names, expected);
        }
        assert_ne!(Name::tag("/a"), Name::path("/a"));
    }
}
