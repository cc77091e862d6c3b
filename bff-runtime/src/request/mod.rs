//! What a handler reads of a request: its body as JSON, text, bytes, a form or a stream of parts.
//!
//! [`RequestExt`] adds methods to the request itself; [`Json`](crate::Json), [`Form`], [`FormData`] and
//! [`Multipart`] are the same readers as extractors. All of them read within the route's body limit, give up on a
//! client that is too slow, and refuse with a problem document.

mod body;
mod ext;

pub use self::{
    body::{Form, FormData, FormLimits, FormValue, Multipart, Part, UploadedFile},
    ext::RequestExt,
};

pub(crate) use self::body::Paced;
