//! The fields of a form as a type of the program.
//!
//! serde knows no files. A file is kept aside, and what serde is given for it is a number that only
//! [`UploadedFile`] asks for: a text, which is all that a client can send beside files, is never taken for one.

use std::{cell::Cell, collections::HashMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, Error as _, IntoDeserializer, Unexpected, Visitor,
        value::{Error, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use crate::{
    request::{
        body::{
            failure::{self, unfit},
            file::UploadedFile,
            form_data::{FormData, FormValue},
        },
        mismatch::Mismatch,
        pointer::Pointer,
    },
    valid::Words,
};

pub(super) fn parse<T: DeserializeOwned>(form: FormData, words: &Words) -> failure::Result<T> {
    let (fields, files) = grouped(form);
    let _files = KeptAside::put(files);
    serde_path_to_error::deserialize(Fields(fields)).map_err(|error| {
        let message = error.inner().to_string();
        unfit(Mismatch::of_serde(&message, Pointer::new(error.path())), words)
    })
}

/// A value: the text, or the index of the file among those that are kept aside.
enum Value {
    Text(String),
    File(usize),
}

/// Each name once, in the order of the first ones; and the files.
fn grouped(form: FormData) -> (Vec<(String, Values)>, Files) {
    let mut fields: Vec<(String, Values)> = Vec::new();
    let mut places = HashMap::new();
    let mut files = Vec::new();
    for (name, value) in form {
        let value = match value {
            FormValue::Text(text) => Value::Text(text),
            // What a browser sends for an input in which nothing was chosen.
            FormValue::File(file) if file.name().is_empty() && file.size() == 0 => continue,
            FormValue::File(file) => {
                files.push(Some(file));
                Value::File(files.len() - 1)
            }
        };
        let place = *places.entry(name.clone()).or_insert(fields.len());
        match fields.get_mut(place) {
            Some((_, Values(values))) => values.push(value),
            None => fields.push((name, Values(vec![value]))),
        }
    }
    (fields, files)
}

type Files = Vec<Option<UploadedFile>>;

thread_local! {
    /// The files of the form that is deserialized.
    static FILES: Cell<Files> = const { Cell::new(Vec::new()) };
}

/// The time for which files are kept aside; those that nobody asked for are gone with it.
struct KeptAside(Files);

impl KeptAside {
    fn put(files: Files) -> Self {
        Self(FILES.replace(files))
    }

    fn take(index: u64) -> Option<UploadedFile> {
        let mut files = FILES.take();
        let file = files.get_mut(usize::try_from(index).ok()?).and_then(Option::take);
        FILES.set(files);
        file
    }
}

impl Drop for KeptAside {
    fn drop(&mut self) {
        FILES.set(std::mem::take(&mut self.0));
    }
}

/// The name by which a file is asked for.
const FILE: &str = "bff::request::UploadedFile";

/// In the type of a [`Multipart`](super::Multipart); in any other format there are no files.
impl<'de> Deserialize<'de> for UploadedFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FileVisitor;

        impl<'de> Visitor<'de> for FileVisitor {
            type Value = UploadedFile;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a file")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<UploadedFile, D::Error> {
                let index = u64::deserialize(deserializer).ok();
                index
                    .and_then(KeptAside::take)
                    .ok_or_else(|| D::Error::invalid_type(Unexpected::Other("no file"), &self))
            }
        }

        deserializer.deserialize_newtype_struct(FILE, FileVisitor)
    }
}

/// The whole form.
struct Fields(Vec<(String, Values)>);

impl<'de> Deserializer<'de> for Fields {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(MapDeserializer::new(self.0.into_iter()))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// All values of one name; there is one at least.
struct Values(Vec<Value>);

impl Values {
    fn only(mut self) -> Result<Value, Error> {
        match self.0.pop() {
            Some(value) if self.0.is_empty() => Ok(value),
            // As the reader of urlencoded forms has it.
            _ => Err(Error::custom("unsupported value")),
        }
    }
}

impl<'de> IntoDeserializer<'de> for Values {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Hands over to the only value.
macro_rules! of_the_only_value {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.only()?.$method(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Values {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.len() > 1 {
            return self.deserialize_seq(visitor);
        }
        self.only()?.deserialize_any(visitor)
    }

    of_the_only_value! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
        deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_map deserialize_identifier
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &*self.0 {
            [Value::Text(text)] if text.is_empty() => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(self.0.into_iter()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == FILE {
            return self.only()?.deserialize_newtype_struct(name, visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.only()?.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.only()?.deserialize_any(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.only()?.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

impl<'de> IntoDeserializer<'de> for Value {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// What parses from text as it does in Rust.
macro_rules! parsed {
    ($($method:ident $visit:ident $type:ty,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self {
                Self::Text(text) => visitor.$visit(text.parse::<$type>().map_err(Error::custom)?),
                Self::File(_) => self.deserialize_any(visitor),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Value {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_string(text),
            // Only what asks for a file, or keeps anything for later, takes it.
            Self::File(index) => visitor.visit_newtype_struct((index as u64).into_deserializer()),
        }
    }

    parsed! {
        deserialize_i8 visit_i8 i8,
        deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64,
        deserialize_i128 visit_i128 i128,
        deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64,
        deserialize_u128 visit_u128 u128,
        deserialize_f32 visit_f32 f32,
        deserialize_f64 visit_f64 f64,
    }

    /// A box that is ticked is `on` where the page says nothing else.
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => match &*text {
                "true" | "on" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                _ => Err(Error::custom("provided string was not `true` or `false`")),
            },
            Self::File(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) if text.is_empty() => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(_) if name == FILE => {
                Err(Error::invalid_type(Unexpected::Other("a text"), &visitor))
            }
            Self::File(_) if name == FILE => self.deserialize_any(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => text.into_deserializer().deserialize_enum(name, variants, visitor),
            Self::File(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
    }
}
