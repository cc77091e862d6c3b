use std::fmt;

use serde::ser::{self, Serialize};

/// What a key is written as: bytes that no value has which serializes to something else.
///
/// Every value begins with a letter for its kind, and says where it ends. So `("a", "b")` and `("a,b",)`, `Some(None)`
/// and `None`, `1` and `"1"` are different keys, which they are not in every format: in JSON each of the second pair is
/// `null`. The entries of a map are in the order of their bytes, as a `HashMap` has none.
///
/// # Errors
/// When the value cannot be serialized at all.
pub(crate) fn canonical(key: &(impl Serialize + ?Sized)) -> Result<Vec<u8>, KeyError> {
    let mut out = Vec::new();
    key.serialize(Canonical(&mut out))?;
    Ok(out)
}

/// A key that does not serialize: what its type says of it.
#[derive(Debug)]
pub(crate) struct KeyError(String);

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the key of a cached value cannot be written: {}", self.0)
    }
}

impl std::error::Error for KeyError {}

impl ser::Error for KeyError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

struct Canonical<'a>(&'a mut Vec<u8>);

type Written = Result<(), KeyError>;

impl Canonical<'_> {
    fn put(self, kind: u8, bytes: &[u8]) {
        self.0.push(kind);
        self.0.extend_from_slice(bytes);
    }

    /// With its length, as it may have any bytes in it.
    fn text(&mut self, kind: u8, bytes: &[u8]) {
        self.0.push(kind);
        self.0.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        self.0.extend_from_slice(bytes);
    }
}

/// Numbers of all widths are one kind: which it is says the type, and it is the same at every call.
macro_rules! integers {
    ($($method:ident: $of:ty)*) => {
        $(
            fn $method(self, value: $of) -> Written {
                self.put(b'i', &i128::from(value).to_be_bytes());
                Ok(())
            }
        )*
    };
}

impl<'a> ser::Serializer for Canonical<'a> {
    type Ok = ();
    type Error = KeyError;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Parts<'a>;
    type SerializeTupleVariant = Parts<'a>;
    type SerializeMap = Entries<'a>;
    type SerializeStruct = Parts<'a>;
    type SerializeStructVariant = Parts<'a>;

    integers! {
        serialize_i8: i8 serialize_i16: i16 serialize_i32: i32 serialize_i64: i64 serialize_i128: i128
        serialize_u8: u8 serialize_u16: u16 serialize_u32: u32 serialize_u64: u64
    }

    fn serialize_u128(self, value: u128) -> Written {
        match i128::try_from(value) {
            Ok(value) => self.serialize_i128(value),
            Err(_) => {
                self.put(b'u', &value.to_be_bytes());
                Ok(())
            }
        }
    }

    fn serialize_bool(self, value: bool) -> Written {
        self.put(if value { b't' } else { b'f' }, &[]);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Written {
        self.put(b'e', &value.to_bits().to_be_bytes());
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Written {
        self.put(b'd', &value.to_bits().to_be_bytes());
        Ok(())
    }

    fn serialize_char(self, value: char) -> Written {
        self.put(b'c', &u32::from(value).to_be_bytes());
        Ok(())
    }

    fn serialize_str(mut self, value: &str) -> Written {
        self.text(b's', value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(mut self, value: &[u8]) -> Written {
        self.text(b'y', value);
        Ok(())
    }

    fn serialize_none(self) -> Written {
        self.put(b'n', &[]);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        self.0.push(b'o');
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.put(b'z', &[]);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(mut self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.text(b'v', variant.as_bytes());
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.text(b'w', variant.as_bytes());
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a>, KeyError> {
        self.0.push(b'[');
        Ok(Parts(self.0))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'a>, KeyError> {
        self.0.push(b'(');
        Ok(Parts(self.0))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Parts<'a>, KeyError> {
        self.serialize_tuple(len)
    }

    fn serialize_tuple_variant(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'a>, KeyError> {
        self.text(b'x', variant.as_bytes());
        Ok(Parts(self.0))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'a>, KeyError> {
        Ok(Entries { out: self.0, key: Vec::new(), entries: Vec::new() })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>, KeyError> {
        self.0.push(b'<');
        Ok(Parts(self.0))
    }

    fn serialize_struct_variant(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'a>, KeyError> {
        self.text(b'X', variant.as_bytes());
        Ok(Parts(self.0))
    }
}

/// The elements or fields of something, each after a `+`, and a `.` after the last.
struct Parts<'a>(&'a mut Vec<u8>);

impl Parts<'_> {
    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Written {
        self.0.push(b'+');
        value.serialize(Canonical(self.0))
    }

    fn field(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) -> Written {
        self.element(name)?;
        value.serialize(Canonical(self.0))
    }

    fn close(self) {
        self.0.push(b'.');
    }
}

macro_rules! parts {
    ($($of:ident: $method:ident($($name:ident: $ty:ty)?) = $by:ident)*) => {
        $(
            impl ser::$of for Parts<'_> {
                type Ok = ();
                type Error = KeyError;

                fn $method<T: Serialize + ?Sized>(&mut self, $($name: $ty,)? value: &T) -> Written {
                    self.$by($($name,)? value)
                }

                fn end(self) -> Written {
                    self.close();
                    Ok(())
                }
            }
        )*
    };
}

parts! {
    SerializeSeq: serialize_element() = element
    SerializeTuple: serialize_element() = element
    SerializeTupleStruct: serialize_field() = element
    SerializeTupleVariant: serialize_field() = element
    SerializeStruct: serialize_field(name: &'static str) = field
    SerializeStructVariant: serialize_field(name: &'static str) = field
}

/// The entries of a map, until it is known which come first.
struct Entries<'a> {
    out: &'a mut Vec<u8>,
    key: Vec<u8>,
    entries: Vec<Vec<u8>>,
}

impl ser::SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = KeyError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.key = canonical(key)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        let mut entry = std::mem::take(&mut self.key);
        value.serialize(Canonical(&mut entry))?;
        self.entries.push(entry);
        Ok(())
    }

    fn end(mut self) -> Written {
        self.entries.sort_unstable();
        self.out.push(b'{');
        for entry in self.entries {
            self.out.push(b'+');
            self.out.extend(entry);
        }
        self.out.push(b'.');
        Ok(())
    }
}

#[cfg(test)]
mod tests;
