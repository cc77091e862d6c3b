use std::fmt;

use serde::{Serialize, Serializer};
use serde_path_to_error::{Path, Segment};

/// A JSON pointer (RFC 6901) to a value: `/items/0/na~1me`. The empty one is the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pointer(String);

impl Pointer {
    /// A pointer to where a path leads, as far as it is known.
    pub(super) fn new(path: &Path) -> Self {
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
    pub(super) fn push(&mut self, token: &str) {
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
    pub(super) fn member(name: &str) -> Self {
        let mut pointer = Self::default();
        pointer.push(name);
        pointer
    }

    /// Whether it is the whole document.
    pub(super) fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the last step is this one.
    pub(super) fn ends_with(&self, token: &str) -> bool {
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
        }
    }
}
