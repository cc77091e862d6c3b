use axum::extract::Path;
use serde::de::DeserializeOwned;

use crate::{Form, Json, Query, request::Multipart};

/// An extractor with one value in it, which a [`Valid`](super::Valid) around it validates.
///
/// Those of bff have it; an extractor of your own gets it like this:
///
/// ```
/// use bff::valid::Holds;
///
/// struct MsgPack<T>(T);
///
/// impl<T: serde::de::DeserializeOwned> Holds for MsgPack<T> {
///     type Value = T;
///
///     fn held(&self) -> &T {
///         &self.0
///     }
/// }
/// ```
pub trait Holds {
    /// The type of the value. The names that its `Deserialize` gives its fields are those in the pointers.
    type Value: DeserializeOwned;

    /// The value.
    fn held(&self) -> &Self::Value;
}

macro_rules! holds {
    ($($extractor:ident),*) => {
        $(impl<T: DeserializeOwned> Holds for $extractor<T> {
            type Value = T;

            fn held(&self) -> &T {
                &self.0
            }
        })*
    };
}

holds!(Form, Json, Multipart, Path, Query);
