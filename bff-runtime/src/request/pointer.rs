use std::{borrow::Cow, fmt};

use serde::{Serialize, Serializer};
use serde_path_to_error::{Path, Segment};

/// A JSON pointer (RFC 6901) to a value: `/items/0/na~1me`. The empty one is the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pointer(String);

impl Pointer {
    /// A pointer to where a path leads, as far as it is known.
    pub(crate) fn new(path: &Path) -> Self {
        let mut pointer = Self::default();
        for segment in path {
            match segment {
                Segment::Seq { index } => pointer.push(&index.to_string()),
                Segment::Map { key } => pointer.push(key),
                Segment::Enum { variant } => pointer.push(variant),
                Segment::Unknown => break,
            }
        }
        pointer
    }

    /// Goes one step further. Section 3: `~` and `/` are escaped.
    pub(crate) fn push(&mut self, token: &str) {
        self.0.push('/');
        for char in token.chars() {
            match char {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                char => self.0.push(char),
            }
        }
    }

    /// A pointer to a member of the document.
    pub(crate) fn member(name: &str) -> Self {
        let mut pointer = Self::default();
        pointer.push(name);
        pointer
    }

    /// Goes further along a pointer that begins where this one ends.
    ///
    /// What does not begin with a slash is one step, so that a plain name will do.
    pub(crate) fn extend(&mut self, pointer: &str) {
        if pointer.is_empty() || pointer.starts_with('/') {
            self.0.push_str(pointer);
        } else {
            self.push(pointer);
        }
    }

    /// The steps, without their escapes.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(|token| {
            if token.contains('~') {
                Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
            } else {
                Cow::Borrowed(token)
            }
        })
    }

    /// As it is sent.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Goes back to where it was when it had this length.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Whether it is the whole document.
    pub(crate) fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the last step is this one.
    pub(crate) fn ends_with(&self, token: &str) -> bool {
        self.0.ends_with(&Self::member(token).0)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    proptest! {
        #[test]
        fn rfc6901_a_pointer_finds_what_it_points_to(
            keys in prop::collection::vec("[a/~01\\PC]{0,6}", 0..6),
        ) {
            let mut pointer = Pointer::default();
            let mut document = json!("found");
            for key in &keys {
                pointer.push(key);
            }
            for key in keys.iter().rev() {
                document = json!({ key.as_str(): document });
            }
            prop_assert_eq!(document.pointer(&pointer.0), Some(&json!("found")));
            prop_assert_eq!(pointer.tokens().collect::<Vec<_>>(), keys);
        }
    }
}
