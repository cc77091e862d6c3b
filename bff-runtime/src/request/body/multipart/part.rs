use std::fmt;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, header};

use super::{PartReader, head::PartHead};
use crate::{
    Result,
    request::{
        body::{failure::too_large, file_name::safe_file_name, text},
        mismatch::Mismatch,
        pointer::Pointer,
    },
};

/// One part of a [`Multipart`](super::Multipart) body: a field, or a file.
///
/// ```
/// use bff::{Result, request::Part};
///
/// async fn describe(part: Part<'_>) -> Result<String> {
///     let name = part.name().to_owned();
///     Ok(match part.safe_file_name() {
///         Some(file) => format!("{name} is the file {file}"),
///         None => format!("{name} is {}", part.text().await?),
///     })
/// }
/// ```
pub struct Part<'a> {
    multipart: &'a mut PartReader,
    head: PartHead,
    read: u64,
}

impl<'a> Part<'a> {
    pub(super) fn new(multipart: &'a mut PartReader, head: PartHead) -> Self {
        Self { multipart, head, read: 0 }
    }

    /// The name of the field.
    pub fn name(&self) -> &str {
        &self.head.name
    }

    /// The name of the file, as the client sent it; `None` when the part is not a file, empty when no file was chosen.
    /// It may be a path, or anything else: never make a path of it.
    pub fn file_name(&self) -> Option<&str> {
        self.head.file_name.as_deref()
    }

    /// The last component of the file's name, without control characters and whatever else a file system or a terminal
    /// could trip over; `None` when nothing is left of it, or the part is not a file. Two files can have the same.
    pub fn safe_file_name(&self) -> Option<String> {
        safe_file_name(self.file_name()?)
    }

    /// The type that the client declared. It says nothing about the content.
    pub fn content_type(&self) -> Option<&str> {
        self.head.headers.get(header::CONTENT_TYPE)?.to_str().ok()
    }

    /// All headers of the part.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The next bytes, in pieces as they come from the network; `None` at the end.
    ///
    /// # Errors
    /// 413 when the part exceeds its limit, 400 when the body is malformed or breaks off, 408 when the client is too
    /// slow.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        let Some(chunk) = self.multipart.content().await? else { return Ok(None) };
        self.read += chunk.len() as u64;
        let limits = self.multipart.limits();
        let (what, limit) = match self.head.file_name {
            Some(_) => ("the file", limits.file),
            None => ("the field", limits.field),
        };
        if self.read > limit {
            self.multipart.fail();
            let problem = too_large(what, limit);
            let place = Pointer::member(&self.head.name);
            let mismatch = Mismatch::new(place, "too_large", format!("{what} is too large"));
            return Err(mismatch.explain(*problem, self.multipart.words()).into());
        }
        Ok(Some(chunk))
    }

    /// The whole content.
    ///
    /// # Errors
    /// Those of [`chunk`](Self::chunk).
    pub async fn bytes(mut self) -> Result<Bytes> {
        let Some(first) = self.chunk().await? else { return Ok(Bytes::new()) };
        let Some(second) = self.chunk().await? else { return Ok(first) };
        let mut all = BytesMut::from(&first[..]);
        all.extend_from_slice(&second);
        while let Some(chunk) = self.chunk().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// The whole content as text, with U+FFFD for what is not UTF-8.
    ///
    /// # Errors
    /// Those of [`chunk`](Self::chunk).
    pub async fn text(self) -> Result<String> {
        Ok(text(&self.bytes().await?))
    }
}

impl fmt::Debug for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("name", &self.head.name)
            .field("file_name", &self.head.file_name)
            .finish_non_exhaustive()
    }
}
