//! The fields of a form as a type of the program.
//!
//! serde knows no files. A file is kept aside, and what serde is given for it is a number that only
//! [`UploadedFile`] asks for: a text, which is all that a client can send beside files, is never taken for one.

use std::{cell::Cell, collections::HashMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, Error as _, Unexpected, Visitor,
        value::{Error, MapDeserializer},
    },
    forward_to_deserialize_any,
};

use super::values::{FILE, Value, Values};
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
