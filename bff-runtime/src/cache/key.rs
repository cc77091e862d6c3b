use std::{borrow::Borrow, sync::Arc};

use super::Name;

/// What an entry is kept under: all that its answer depends on, in an encoding that has one reading.
///
/// Two requests have the same key only when every part is the same, byte by byte: each part has its length before it,
/// and a list has its count.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key(Arc<[u8]>);

/// A key longer than this is that of nobody who means well; its request is answered without the store.
pub(crate) const LONGEST: usize = 16 * 1024;

impl Key {
    /// That of a value which is no response: what makes it, with its names, as two of other names would give each other
    /// up, or not.
    pub(crate) fn of_value(value: &[u8], names: &[Name]) -> Self {
        let mut parts = Parts::new();
        parts.part(b"value");
        parts.part(value);
        parts.list(names.iter().map(|name| name.as_str().as_bytes()));
        parts.into_key()
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Borrow<[u8]> for Key {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}

/// A key in the making; a lookup that hits needs no other.
#[derive(Debug, Default)]
pub(crate) struct Parts(Vec<u8>);

impl Parts {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(160))
    }

    /// Adds one part.
    pub(crate) fn part(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Adds a part that may be absent, which is not the same as empty.
    pub(crate) fn optional(&mut self, bytes: Option<&[u8]>) {
        self.count(usize::from(bytes.is_some()));
        if let Some(bytes) = bytes {
            self.part(bytes);
        }
    }

    /// Adds a list.
    pub(crate) fn list<'a>(&mut self, items: impl Iterator<Item = &'a [u8]>) {
        let at = self.0.len();
        self.count(0);
        let mut count = 0_u64;
        for item in items {
            self.part(item);
            count += 1;
        }
        // The place of the count was made above.
        if let Some(place) = self.0.get_mut(at..at + 8) {
            place.copy_from_slice(&count.to_le_bytes());
        }
    }

    fn count(&mut self, count: usize) {
        self.0.extend_from_slice(&u64::try_from(count).unwrap_or(u64::MAX).to_le_bytes());
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn into_key(self) -> Key {
        Key(self.0.into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    enum Part {
        One(Vec<u8>),
        Optional(Option<Vec<u8>>),
        List(Vec<Vec<u8>>),
    }

    fn text() -> impl Strategy<Value = Vec<u8>> {
        proptest::collection::vec(prop_oneof![Just(0_u8), Just(1), Just(b'a')], 0..4)
    }

    /// Parts of one shape: what differs between two requests of one handler is never the kind of a part.
    fn parts() -> impl Strategy<Value = Vec<Part>> {
        (text(), proptest::option::of(text()), proptest::collection::vec(text(), 0..3), text())
            .prop_map(|(path, query, lines, other)| {
                vec![Part::One(path), Part::Optional(query), Part::List(lines), Part::One(other)]
            })
    }

    fn key(parts: &[Part]) -> Key {
        let mut made = Parts::new();
        for part in parts {
            match part {
                Part::One(bytes) => made.part(bytes),
                Part::Optional(bytes) => made.optional(bytes.as_deref()),
                Part::List(items) => made.list(items.iter().map(|item| &**item)),
            }
        }
        made.into_key()
    }

    proptest! {
        #[test]
        fn two_keys_are_equal_only_when_all_parts_are(a in parts(), b in parts()) {
            prop_assert_eq!(key(&a) == key(&b), a == b);
        }
    }
}
