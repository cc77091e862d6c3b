use axum::extract::{FromRequest, Request};

use super::{
    content_type::ContentType,
    failure::unsupported,
    file::{Spool, UploadedFile},
    form::within_limit,
    form_limits::FormLimits,
    multipart::{Part, PartReader},
    read::Chunks,
};
use crate::{Error, Result};

/// A form with all its fields and files, `application/x-www-form-urlencoded` (RH-108) or `multipart/form-data`
/// (RH-109).
///
/// ```
/// use bff::{Result, request::FormData};
///
/// async fn upload(form: FormData) -> Result<String> {
///     let title = form.get("title").unwrap_or("untitled");
///     let files = form.files("attachment").count();
///     Ok(format!("{title}, {files} files"))
/// }
/// ```
///
/// Fields are in the order in which they were sent, repeated names are kept. Values are text or files; what they mean
/// is for the handler to check (RH-111). Text that is not UTF-8 has U+FFFD where it is not. A file that is larger than
/// [`FormLimits::in_memory`] is on disk. As an extractor it takes the body, so it is the last argument.
///
/// Not to be confused with [`Form`](super::Form), which has a type, and with
/// [`Multipart`](super::Multipart), which has a type or keeps nothing.
///
/// # Errors
/// The client is answered with a problem document: 415 for any other content type, 400 when the body is malformed or
/// the boundary is missing (RH-110), 413 when a limit of [`FormLimits`] is exceeded, 408 as for
/// [`RequestExt`](crate::RequestExt). A file that cannot be written to disk is answered 500 and logged.
#[derive(Debug, Default)]
pub struct FormData {
    fields: Vec<(String, FormValue)>,
}

/// The value of a field of [`FormData`].
#[derive(Debug)]
pub enum FormValue {
    /// Text.
    Text(String),
    /// A file.
    File(UploadedFile),
}

impl FormData {
    pub(in crate::request) async fn read(request: Request) -> Result<Self> {
        let limits = FormLimits::of(request.extensions());
        match ContentType::of(request.headers()) {
            Some(found) if found.is_form() => Self::urlencoded(request, limits).await,
            Some(found) if found.is_multipart() => {
                let mut parts = PartReader::open(request, &found, limits)?;
                Self::multipart(&mut parts, limits).await
            }
            _ => {
                Err(unsupported("application/x-www-form-urlencoded or multipart/form-data").into())
            }
        }
    }

    async fn urlencoded(request: Request, limits: FormLimits) -> Result<Self> {
        let bytes = Chunks::open(request, limits.total)?.collect().await?;
        within_limit(&bytes, limits.parts.saturating_mul(10))?;
        let fields = form_urlencoded::parse(&bytes)
            .map(|(name, value)| (name.into_owned(), FormValue::Text(value.into_owned())))
            .collect();
        Ok(Self { fields })
    }

    pub(super) async fn multipart(parts: &mut PartReader, limits: FormLimits) -> Result<Self> {
        let mut fields = Vec::new();
        while let Some(part) = parts.next_part().await? {
            let name = part.name().to_owned();
            let value = match part.file_name() {
                Some(_) => FormValue::File(Self::spool(part, limits).await?),
                None => FormValue::Text(part.text().await?),
            };
            fields.push((name, value));
        }
        Ok(Self { fields })
    }

    async fn spool(mut part: Part<'_>, limits: FormLimits) -> Result<UploadedFile> {
        let mut spool = Spool::new(limits.in_memory);
        while let Some(chunk) = part.chunk().await? {
            spool.write(&chunk).await?;
        }
        let (size, content) = spool.finish().await?;
        Ok(UploadedFile {
            name: part.file_name().unwrap_or_default().to_owned(),
            content_type: part.content_type().unwrap_or("application/octet-stream").to_owned(),
            size,
            content,
        })
    }

    /// The first text of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).next()
    }

    /// Every text of this name, in order.
    pub fn get_all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.named(name).filter_map(|value| match value {
            FormValue::Text(text) => Some(&**text),
            FormValue::File(_) => None,
        })
    }

    /// The first file of this name.
    pub fn file(&self, name: &str) -> Option<&UploadedFile> {
        self.files(name).next()
    }

    /// Every file of this name, in order.
    pub fn files(&self, name: &str) -> impl Iterator<Item = &UploadedFile> {
        self.named(name).filter_map(|value| match value {
            FormValue::Text(_) => None,
            FormValue::File(file) => Some(file),
        })
    }

    /// Whether there is a field of this name, of either kind.
    pub fn has(&self, name: &str) -> bool {
        self.named(name).next().is_some()
    }

    /// All fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FormValue)> {
        self.fields.iter().map(|(name, value)| (&**name, value))
    }

    /// The number of fields.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is no field at all.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &FormValue> {
        self.fields.iter().filter(move |(other, _)| other == name).map(|(_, value)| value)
    }
}

impl IntoIterator for FormData {
    type Item = (String, FormValue);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    /// All fields, in order, to keep.
    fn into_iter(self) -> Self::IntoIter {
        self.fields.into_iter()
    }
}

impl<S: Send + Sync> FromRequest<S> for FormData {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        Self::read(request).await
    }
}

#[cfg(test)]
mod tests;
