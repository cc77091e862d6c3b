use std::{
    fmt,
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use bytes::{Bytes, BytesMut};

use super::file_name::safe_file_name;
use crate::Result;

/// A file of a form (RH-109).
///
/// A small one is in memory; a large one is in a temporary file without a name, which is gone when this value is, also
/// after a crash.
///
/// ```
/// use bff::{Result, request::UploadedFile};
///
/// async fn keep(picture: UploadedFile) -> Result<u64> {
///     let name = picture.safe_file_name().unwrap_or_else(|| "picture".to_owned());
///     picture.save(std::path::Path::new("uploads").join(name)).await?;
///     Ok(picture.size())
/// }
/// ```
pub struct UploadedFile {
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) size: u64,
    pub(super) content: Content,
}

pub(super) enum Content {
    Memory(Bytes),
    Disk(File),
}

impl UploadedFile {
    /// The name, as the client sent it; empty when no file was chosen. It may be a path, or anything else: never make a
    /// path of it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The last component of the name, without control characters and whatever else a file system or a terminal could
    /// trip over; `None` when nothing is left of it. Two files can have the same.
    pub fn safe_file_name(&self) -> Option<String> {
        safe_file_name(&self.name)
    }

    /// The type that the client declared, `application/octet-stream` if it declared none. It says nothing about the
    /// content.
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// Bytes of the content.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether it is in a temporary file.
    pub fn is_on_disk(&self) -> bool {
        matches!(self.content, Content::Disk(_))
    }

    /// The whole content.
    ///
    /// # Errors
    /// 500 when the temporary file cannot be read.
    pub async fn bytes(&self) -> Result<Bytes> {
        match &self.content {
            Content::Memory(bytes) => Ok(bytes.clone()),
            Content::Disk(file) => {
                let mut file = file.try_clone()?;
                let capacity = self.size.min(1 << 30) as usize;
                let bytes = blocking(move || {
                    let mut bytes = Vec::with_capacity(capacity);
                    file.seek(SeekFrom::Start(0))?;
                    file.read_to_end(&mut bytes)?;
                    Ok(bytes)
                });
                Ok(bytes.await?.into())
            }
        }
    }

    /// Writes the content to a new file at this path. A file that is there already is not overwritten.
    ///
    /// # Errors
    /// 500 when there is a file, or it cannot be written.
    pub async fn save(&self, path: impl AsRef<Path>) -> Result {
        let path = path.as_ref().to_owned();
        let mut content: Box<dyn Source> = match &self.content {
            Content::Memory(bytes) => Box::new(io::Cursor::new(bytes.clone())),
            Content::Disk(file) => Box::new(file.try_clone()?),
        };
        blocking(move || {
            content.seek(SeekFrom::Start(0))?;
            let mut file = File::create_new(path)?;
            io::copy(&mut content, &mut file)?;
            file.flush()
        })
        .await?;
        Ok(())
    }
}

trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

impl fmt::Debug for UploadedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, content_type, size, .. } = self;
        f.debug_struct("UploadedFile")
            .field("name", name)
            .field("content_type", content_type)
            .field("size", size)
            .field("is_on_disk", &self.is_on_disk())
            .finish()
    }
}

/// Takes the chunks of a file, and goes to disk when there are too many for memory.
pub(super) struct Spool {
    in_memory: usize,
    size: u64,
    buffer: BytesMut,
    file: Option<File>,
}

impl Spool {
    pub(super) fn new(in_memory: usize) -> Self {
        Self { in_memory, size: 0, buffer: BytesMut::new(), file: None }
    }

    pub(super) async fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        /// Bytes that are written at once; a trip to the blocking threads for each small chunk would be slow.
        const AT_ONCE: usize = 64 * 1024;

        self.size += chunk.len() as u64;
        self.buffer.extend_from_slice(chunk);
        let held = if self.file.is_some() { AT_ONCE } else { self.in_memory };
        if self.buffer.len() > held {
            self.flush().await?;
        }
        Ok(())
    }

    async fn flush(&mut self) -> io::Result<()> {
        let file = self.file.take();
        let bytes = self.buffer.split().freeze();
        let file = blocking(move || {
            let mut file = match file {
                Some(file) => file,
                None => tempfile::tempfile()?,
            };
            file.write_all(&bytes)?;
            Ok(file)
        });
        self.file = Some(file.await?);
        Ok(())
    }

    pub(super) async fn finish(mut self) -> io::Result<(u64, Content)> {
        if self.file.is_some() && !self.buffer.is_empty() {
            self.flush().await?;
        }
        let content = match self.file {
            Some(file) => Content::Disk(file),
            None => Content::Memory(self.buffer.freeze()),
        };
        Ok((self.size, content))
    }
}

/// Runs file work on the threads that may block.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
