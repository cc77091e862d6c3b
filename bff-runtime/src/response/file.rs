use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::{
    body::Bytes,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};

use super::{Etag, content_type, disposition, http_date, ranges::allow_ranges, source::Source};
use crate::{Problem, Result};

/// A file from the disk, sent while it is read (RH-225, RH-412).
///
/// ```
/// use bff::{Result, response::{File, file}};
///
/// async fn report(id: u64) -> Result<File> {
///     Ok(file(format!("reports/{id}.pdf")).await?.download("report.pdf"))
/// }
/// ```
///
/// Nothing but the open file is held, and 64 KiB of it at a time; HEAD reads nothing. The response has the type that the
/// name's extension stands for, its length, `Last-Modified` and an [`Etag`] of size and time of change. Through a
/// bff router it is answered 304 to a client that has it (RH-196), and in parts to one that asks for ranges
/// (RH-197).
///
/// The path is the program's. One that a client has a say in is for [`file_in`].
///
/// # Errors
/// 404 when there is no such file, also when it is a folder, a pipe or a device; 500 when it cannot be opened.
pub async fn file(path: impl Into<PathBuf>) -> Result<File> {
    let path = path.into();
    File::blocking(move || File::open(&path, || fs::canonicalize(&path))).await
}

/// A file of a folder, by a path that comes from the client: the rest of a URL, a name from a form.
///
/// ```
/// use bff::{Result, response::{File, file_in}};
///
/// // app/files/[...path]/route.rs
/// async fn show(path: Vec<String>) -> Result<File> {
///     file_in("uploads", path.join("/")).await
/// }
/// ```
///
/// Whatever the path says, the file is inside of the folder: nothing leads up or elsewhere, by `..`, a root, a
/// drive, a backslash or a symbolic link. Files and folders whose names begin with a dot are not there.
///
/// # Errors
/// As [`file()`]; 404 for every path that leads out.
pub async fn file_in(folder: impl Into<PathBuf>, path: impl AsRef<str>) -> Result<File> {
    let folder = folder.into();
    let Some(relative) = relative(path.as_ref()) else { return Err(not_found()) };
    File::blocking(move || File::inside(&folder, &relative)).await
}

/// The path of ordinary names that this text is; `None` for any other.
fn relative(text: &str) -> Option<PathBuf> {
    text.split('/').map(|name| is_plain(name).then_some(name)).collect()
}

/// True for a name that every system takes for a name: no `..`, no `C:`, no stream (`a:b`), no second spelling
/// (`a.`, `a `), no device (`NUL`, which Windows finds in any folder and with any extension).
fn is_plain(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let digit = |prefix: &str| {
        stem.len() == 4
            && stem.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && stem.ends_with(|c: char| c.is_ascii_digit())
    };
    let is_device =
        ["con", "prn", "aux", "nul"].iter().any(|device| stem.eq_ignore_ascii_case(device));
    !name.is_empty()
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && !name.contains(|c: char| c.is_control() || matches!(c, '\\' | ':'))
        && !is_device
        && !digit("com")
        && !digit("lpt")
}

/// The response that [`file()`] makes.
#[derive(Debug)]
#[must_use = "it is the response of a handler"]
pub struct File {
    source: Source,
    content_type: &'static str,
    encoding: Option<&'static str>,
    etag: Etag,
    modified: Option<SystemTime>,
    last_modified: Option<HeaderValue>,
    disposition: Option<HeaderValue>,
}

impl File {
    /// Has a browser save the file under this name instead of showing it (RFC 6266).
    ///
    /// Any name will do, a user's too: it stays in its header, and of a path the last segment is taken.
    pub fn download(mut self, name: &str) -> Self {
        self.disposition = Some(disposition::attachment(name));
        self
    }

    /// Its length in bytes.
    #[expect(clippy::len_without_is_empty, reason = "a response is no collection")]
    pub fn len(&self) -> u64 {
        self.source.length()
    }

    /// The tag that it is sent with.
    pub fn etag(&self) -> &Etag {
        &self.etag
    }

    /// What is opened once a thread is free that may wait for the disk.
    pub(crate) async fn blocking(
        open: impl FnOnce() -> io::Result<Self> + Send + 'static,
    ) -> Result<Self> {
        use io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
        match tokio::task::spawn_blocking(open).await? {
            Ok(file) => Ok(file),
            Err(error)
                if matches!(
                    error.kind(),
                    NotFound | NotADirectory | InvalidInput | InvalidFilename
                ) =>
            {
                Err(not_found())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The file of this name in a folder, unless a link leads out.
    pub(crate) fn inside(folder: &Path, name: &Path) -> io::Result<Self> {
        let path = folder.join(name);
        Self::open(&path, || {
            let real = fs::canonicalize(&path)?;
            if real.starts_with(fs::canonicalize(folder)?) {
                Ok(real)
            } else {
                Err(io::ErrorKind::NotFound.into())
            }
        })
    }

    /// A file that is a part of the program. Of its age nothing is known.
    pub(crate) fn in_memory(name: &str, bytes: &'static [u8], etag: Etag) -> Self {
        Self {
            content_type: content_type::of(Path::new(name)),
            encoding: None,
            etag,
            modified: None,
            last_modified: None,
            disposition: None,
            source: Source::Memory(Bytes::from_static(bytes)),
        }
    }

    /// This file as the compressed form of another.
    pub(crate) fn encoding_of(self, other: &Self, coding: &'static str) -> Self {
        Self {
            content_type: other.content_type,
            encoding: Some(coding),
            etag: self.etag.encoded(coding),
            ..self
        }
    }

    /// True when the other one was changed after this one.
    pub(crate) fn is_older_than(&self, other: &Self) -> bool {
        self.modified < other.modified
    }

    /// `real` gives the path that is opened in the end.
    fn open(path: &Path, real: impl FnOnce() -> io::Result<PathBuf>) -> io::Result<Self> {
        let real = real()?;
        // Looked at before it is opened: opening a pipe waits for its other end.
        if !fs::metadata(&real)?.is_file() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let file = fs::File::open(&real)?;
        // Of the open file, so that length, time and bytes belong together.
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let modified = metadata.modified()?;
        let now = SystemTime::now();
        Ok(Self {
            content_type: content_type::of(path),
            encoding: None,
            etag: etag(metadata.len(), modified, now),
            modified: Some(modified),
            // Never later than now (RFC 9110 section 8.8.2.1).
            last_modified: http_date::format(modified.min(now))
                .and_then(|date| date.try_into().ok()),
            disposition: None,
            source: Source::File(Arc::new(file), metadata.len()),
        })
    }
}

/// Size and time of change, but no inode, by which two servers with the same file would differ.
///
/// A file system's clock has steps: what was changed a moment ago may change again within the same one, so its
/// tag is weak (RFC 9110 section 8.8.1).
fn etag(length: u64, modified: SystemTime, now: SystemTime) -> Etag {
    let time = match modified.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => format!("{:x}", since.as_nanos()),
        Err(before) => format!("-{:x}", before.duration().as_nanos()),
    };
    let tag = format!("{length:x}-{time}");
    match now.duration_since(modified) {
        Ok(age) if age >= Duration::from_secs(2) => Etag::strong(tag),
        _ => Etag::weak(tag),
    }
}

impl IntoResponse for File {
    fn into_response(self) -> Response {
        let mut response = Response::new(self.source.clone().body());
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        // What was uploaded as a picture is not run as a page.
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Some(coding) = self.encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        headers.insert(header::ETAG, self.etag.to_header());
        for (name, value) in [
            (header::LAST_MODIFIED, self.last_modified),
            (header::CONTENT_DISPOSITION, self.disposition),
        ] {
            if let Some(value) = value {
                headers.insert(name, value);
            }
        }
        allow_ranges(&mut response, self.source);
        response
    }
}

fn not_found() -> crate::Error {
    Problem::new(StatusCode::NOT_FOUND).into()
}

#[cfg(test)]
mod tests;
