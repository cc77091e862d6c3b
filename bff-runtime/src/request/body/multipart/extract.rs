use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use super::{Part, PartReader, fields};
use crate::{
    Error, Problem, Result,
    request::body::{
        content_type::ContentType,
        failure::{self, unsupported},
        form_data::FormData,
        form_limits::FormLimits,
    },
};

/// A `multipart/form-data` body (RH-109): as a `T`, or part by part.
///
/// With a type it is a form with files, which is read first and then is a `T`:
///
/// ```
/// use bff::request::{Multipart, UploadedFile};
///
/// #[derive(serde::Deserialize)]
/// struct Listing {
///     title: String,
///     price: Option<u32>,
///     #[serde(default)]
///     pictures: Vec<UploadedFile>,
/// }
///
/// async fn list(Multipart(listing): Multipart<Listing>) -> String {
///     format!("{} with {} pictures", listing.title, listing.pictures.len())
/// }
/// ```
///
/// A name that is there several times makes a `Vec`, in order. A field that is empty, and a file input in which nothing
/// was chosen, is the `None` of an `Option`; the latter counts as missing elsewhere. A file that is larger than
/// [`FormLimits::in_memory`] is on disk.
///
/// Without a type it has the parts as they arrive. Nothing is kept, so a body may be larger than the memory (RH-116):
///
/// ```
/// use bff::{Result, request::Multipart};
///
/// async fn count(mut multipart: Multipart) -> Result<String> {
///     let mut bytes = 0;
///     while let Some(mut part) = multipart.next_part().await? {
///         while let Some(chunk) = part.chunk().await? {
///             bytes += chunk.len();
///         }
///     }
///     Ok(format!("{bytes} bytes"))
/// }
/// ```
///
/// As an extractor it takes the body, so it is the last argument. The limits are those of [`FormLimits`]; set its
/// `total` for bodies of more than 2 MiB.
///
/// Not to be confused with [`FormData`], which reads all of the form and has no type.
///
/// # Errors 415 when the content type is another, 400 when it has no boundary or one of more than 70 characters (RFC
/// 2046 section 5.1.1), 413 when the body is announced to be larger than its limit. With a type also 400 when the
/// body is malformed, 413 when another limit is exceeded, 408 when the client is too slow, and 422 with `errors` when
/// the form is not a `T`; see [`bff::valid`](crate::valid) for the codes. A file that cannot be written to disk is
/// answered 500 and logged.
#[derive(Debug)]
pub struct Multipart<T = PartReader>(pub T);

impl Multipart {
    /// The next part; `None` after the last one. What is left of the part before is passed over, and counts towards
    /// the limit of the whole alone.
    ///
    /// # Errors
    /// 400 when the body is malformed or breaks off, 413 when a limit is exceeded, 408 when the client is too slow.
    pub async fn next_part(&mut self) -> Result<Option<Part<'_>>> {
        self.0.next_part().await
    }
}

fn open(request: Request, limits: FormLimits) -> failure::Result<PartReader> {
    match ContentType::of(request.headers()) {
        Some(found) if found.is_multipart() => PartReader::open(request, &found, limits),
        _ => Err(unsupported("multipart/form-data")),
    }
}

impl<S: Send + Sync> FromRequest<S> for Multipart {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> std::result::Result<Self, Problem> {
        let limits = FormLimits::of(request.extensions());
        open(request, limits).map(Self).map_err(|problem| *problem)
    }
}

impl<T, S> FromRequest<S> for Multipart<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let limits = FormLimits::of(request.extensions());
        let mut parts = open(request, limits)?;
        let form = FormData::multipart(&mut parts, limits).await?;
        Ok(Self(fields::parse(form, parts.words())?))
    }
}
