use std::{
    collections::VecDeque,
    fs, io,
    ops::Range,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};
use tokio::{runtime::Handle, task::JoinHandle};

use super::stream::BrokenOff;

/// Where any part of a body can be had from. A response that carries one can be sent in ranges (RH-197).
#[derive(Clone, Debug)]
pub(super) enum Source {
    Memory(Bytes),
    /// An open file and how much of it is sent, whatever becomes of it meanwhile.
    File(Arc<fs::File>, u64),
}

/// A part of a body.
#[derive(Debug)]
pub(super) enum Piece {
    /// These bytes: what stands between the ranges.
    Text(Bytes),
    /// This part of the source.
    Range(Range<u64>),
}

impl Piece {
    fn length(&self) -> u64 {
        match self {
            Self::Text(text) => text.len() as u64,
            Self::Range(range) => range.end - range.start,
        }
    }
}

/// How much of a file is in memory for one response.
const CHUNK: u64 = 64 * 1024;

impl Source {
    pub(super) fn length(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::File(_, length) => *length,
        }
    }

    /// All of it.
    pub(super) fn body(self) -> Body {
        let all = 0..self.length();
        self.pieces([Piece::Range(all)])
    }

    /// These pieces, one after the other. The ranges are within [`length`](Self::length).
    pub(super) fn pieces(self, pieces: impl IntoIterator<Item = Piece>) -> Body {
        let pieces: VecDeque<Piece> = pieces.into_iter().collect();
        let left = pieces.iter().map(Piece::length).sum();
        Body::new(Pieces { source: self, pieces, reading: None, left })
    }
}

struct Pieces {
    source: Source,
    pieces: VecDeque<Piece>,
    /// The read that is under way. One at a time, when the connection has room for it (RH-224).
    reading: Option<JoinHandle<io::Result<Bytes>>>,
    left: u64,
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        let this = &mut *self;
        let bytes = match &mut this.reading {
            Some(reading) => {
                let read = ready!(Pin::new(reading).poll(cx));
                this.reading = None;
                read.unwrap_or_else(|error| Err(io::Error::other(error)))
            }
            None => match this.start() {
                None => return Poll::Ready(None),
                Some(Next::Ready(bytes)) => Ok(bytes),
                Some(Next::Reading(reading)) => {
                    this.reading = Some(reading);
                    return self.poll_frame(cx);
                }
                Some(Next::Failed(error)) => Err(error),
            },
        };
        Poll::Ready(Some(match bytes {
            Ok(bytes) => {
                this.left -= bytes.len() as u64;
                Ok(Frame::data(bytes))
            }
            Err(error) => {
                this.pieces.clear();
                Err(BrokenOff::because(&error.into()))
            }
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

enum Next {
    Ready(Bytes),
    Reading(JoinHandle<io::Result<Bytes>>),
    Failed(io::Error),
}

impl Pieces {
    /// Takes the next bytes off the pieces.
    fn start(&mut self) -> Option<Next> {
        loop {
            match self.pieces.pop_front()? {
                piece if piece.length() == 0 => {}
                Piece::Text(bytes) => return Some(Next::Ready(bytes)),
                Piece::Range(range) => match &self.source {
                    // The ranges are within the length of the bytes.
                    Source::Memory(bytes) => {
                        return Some(Next::Ready(
                            bytes.slice(range.start as usize..range.end as usize),
                        ));
                    }
                    Source::File(file, _) => {
                        let end = range.end.min(range.start + CHUNK);
                        self.pieces.push_front(Piece::Range(end..range.end));
                        return Some(read(Arc::clone(file), range.start..end));
                    }
                },
            }
        }
    }
}

/// Reads on a thread that may wait for the disk.
fn read(file: Arc<fs::File>, range: Range<u64>) -> Next {
    match Handle::try_current() {
        Ok(runtime) => Next::Reading(runtime.spawn_blocking(move || {
            // `CHUNK` bytes at most.
            let mut buffer = vec![0; (range.end - range.start) as usize];
            read_exact_at(&file, &mut buffer, range.start)?;
            Ok(buffer.into())
        })),
        Err(error) => Next::Failed(io::Error::other(error)),
    }
}

/// Reads without moving the file's position, which the ranges of a response share. A file that has become
/// shorter is an error: the length has been sent.
#[cfg(unix)]
fn read_exact_at(file: &fs::File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_exact_at(file: &fs::File, mut buffer: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !buffer.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, buffer, offset)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => {
                buffer = &mut buffer[n..];
                offset += n as u64;
            }
        }
    }
    Ok(())
}
