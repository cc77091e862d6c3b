//! The names that a client knows.
//!
//! Validators say where a failure is in the names of Rust: `post_title`. The client has sent `postTitle`, because of a
//! `#[serde(rename_all = "camelCase")]`. What serde calls the fields of a type it tells every deserializer, so a
//! deserializer without data follows the path into the type and listens.

use std::{borrow::Cow, fmt};

use serde::{
    de::{
        self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess,
        SeqAccess, Visitor,
    },
    forward_to_deserialize_any,
};

use crate::request::Pointer;

/// The pointer into a `T` with the names that serde has for the fields on the way, as far as they can be known. Names
/// that are serde's already stay as they are.
pub(super) fn in_names_of_client<T: DeserializeOwned>(pointer: &Pointer) -> Pointer {
    let steps: Vec<_> = pointer.tokens().collect();
    let mut found = Pointer::default();
    let mut gone = 0;
    // It always fails: there are no data. What counts is how far it came.
    let _ = T::deserialize(Follow { steps: &steps, found: &mut found, gone: &mut gone });
    for step in &steps[gone..] {
        found.push(step);
    }
    found
}

/// Follows the steps that are left.
struct Follow<'a> {
    steps: &'a [Cow<'a, str>],
    found: &'a mut Pointer,
    gone: &'a mut usize,
}

impl<'a> Follow<'a> {
    /// The next step; an error when there is none.
    fn step(&self) -> Result<&'a str, End> {
        self.steps.get(*self.gone).map(|step| &**step).ok_or(End)
    }

    /// Goes one step, in these words.
    fn go(&mut self, name: &str) {
        self.found.push(name);
        *self.gone += 1;
    }
}

impl<'de> Deserializer<'de> for Follow<'_> {
    type Error = End;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, End> {
        Err(End)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        mut self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, End> {
        let name = name_among(fields, self.step()?).ok_or(End)?;
        self.go(name);
        visitor.visit_map(Only { key: Some(name), value: Some(self) })
    }

    fn deserialize_map<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, End> {
        let key = self.step()?;
        self.go(key);
        visitor.visit_map(Only { key: Some(key), value: Some(self) })
    }

    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, End> {
        // All have one type, so the first will do.
        let index = self.step()?;
        self.go(index);
        visitor.visit_seq(Only { key: None, value: Some(self) })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, End> {
        // Each has its own type, and nobody gets to the second one without a first.
        if self.step()? == "0" { self.deserialize_seq(visitor) } else { Err(End) }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, End> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, End> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, End> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct enum identifier ignored_any
    }
}

/// A map or a sequence with one value, into which the way leads.
struct Only<'a> {
    key: Option<&'a str>,
    value: Option<Follow<'a>>,
}

impl<'de> MapAccess<'de> for Only<'_> {
    type Error = End;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, End> {
        let key: Option<&str> = self.key.take();
        key.map(|key| seed.deserialize(key.into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, End> {
        seed.deserialize(self.value.take().ok_or(End)?)
    }
}

impl<'de> SeqAccess<'de> for Only<'_> {
    type Error = End;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, End> {
        self.value.take().map(|value| seed.deserialize(value)).transpose()
    }
}

/// The name that is the same but for case and word separators, which is what `rename_all` changes.
fn name_among<'a>(names: &'a [&'a str], name: &str) -> Option<&'a str> {
    fn plain(name: &str) -> impl Iterator<Item = char> {
        let name = name.strip_prefix("r#").unwrap_or(name);
        name.chars().filter(|char| !matches!(char, '_' | '-')).flat_map(char::to_lowercase)
    }
    let exact = names.iter().find(|other| **other == name);
    exact.or_else(|| names.iter().find(|other| plain(other).eq(plain(name)))).copied()
}

/// The way ends here.
#[derive(Debug)]
struct End;

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there are no data")
    }
}

impl std::error::Error for End {}

impl de::Error for End {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}
