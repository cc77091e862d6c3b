use bytes::{Buf, Bytes, BytesMut};
use memchr::memmem::Finder;

use super::head::PartHead;
use crate::request::body::{form_limits::FormLimits, limits::AROUND_PARTS};

/// The grammar of RFC 2046 section 5.1.1: bytes in, events out, no I/O.
///
/// Between two events the buffer holds less than a delimiter or a head that is not complete, so what is searched again
/// with the next bytes is bounded as well.
#[derive(Debug)]
pub(super) struct Parser {
    state: State,
    /// What was pushed and not passed on.
    buffer: BytesMut,
    /// Line break, two hyphens, boundary.
    delimiter: Finder<'static>,
    /// Bytes of the buffer that are known not to begin the end of a head.
    searched: usize,
    /// Bytes before the first part, or after the last one.
    around: usize,
    headers: usize,
    header_bytes: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Preamble,
    /// After a delimiter: two hyphens, or blanks and a line break.
    Delimited,
    Head,
    Content,
    Epilogue,
}

#[derive(Debug, PartialEq)]
pub(super) enum Event {
    /// Push more, or there is no more to come.
    Starved,
    /// A part begins.
    Part(PartHead),
    Content(Bytes),
    /// The part is complete.
    PartEnd,
}

/// What is wrong with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Malformed(&'static str),
    HeaderBytes,
    Headers,
}

impl Parser {
    pub(super) fn new(boundary: &str, limits: &FormLimits) -> Self {
        let delimiter = format!("\r\n--{boundary}");
        Self {
            state: State::Preamble,
            // The first delimiter may stand at the very beginning; now it has its line break there as well.
            buffer: BytesMut::from(&b"\r\n"[..]),
            delimiter: Finder::new(delimiter.as_bytes()).into_owned(),
            searched: 0,
            around: 0,
            headers: limits.part_headers,
            header_bytes: limits.part_header_bytes,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Whether the last part is complete.
    pub(super) fn has_ended(&self) -> bool {
        self.state == State::Epilogue
    }

    pub(super) fn next(&mut self) -> Result<Event, Fault> {
        loop {
            match self.state {
                State::Preamble => match self.delimiter.find(&self.buffer) {
                    Some(at) => {
                        self.pass_over(at)?;
                        self.buffer.advance(self.delimiter.needle().len());
                        self.state = State::Delimited;
                    }
                    None => {
                        self.pass_over(self.certain())?;
                        return Ok(Event::Starved);
                    }
                },
                State::Delimited => {
                    if !self.after_delimiter()? {
                        return Ok(Event::Starved);
                    }
                }
                State::Head => return self.head(),
                State::Content => return Ok(self.content()),
                State::Epilogue => {
                    self.pass_over(self.buffer.len())?;
                    return Ok(Event::Starved);
                }
            }
        }
    }

    /// Drops what stands around the parts.
    fn pass_over(&mut self, length: usize) -> Result<(), Fault> {
        self.around += length;
        if self.around > AROUND_PARTS {
            return Err(Fault::Malformed("there is too much text around the parts"));
        }
        self.buffer.advance(length);
        Ok(())
    }

    /// The number of bytes that cannot belong to a delimiter that is not complete.
    fn certain(&self) -> usize {
        let needle = self.delimiter.needle();
        let tail = self.buffer.len().saturating_sub(needle.len() - 1);
        // Only the line break at its beginning can be where a delimiter begins: a boundary has none.
        let begins = |at: &usize| needle.starts_with(&self.buffer[*at..]);
        memchr::memchr_iter(b'\r', &self.buffer[tail..])
            .map(|at| tail + at)
            .find(begins)
            .unwrap_or(self.buffer.len())
    }

    /// Tells whether it got past what follows a delimiter.
    fn after_delimiter(&mut self) -> Result<bool, Fault> {
        if self.buffer.starts_with(b"--") {
            self.buffer.advance(2);
            self.around = 0;
            self.state = State::Epilogue;
            return Ok(true);
        }
        // Blanks are allowed here, for gateways that add some (RFC 2046). Nobody adds many.
        let blanks = self.buffer.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let rest = &self.buffer[blanks..];
        if rest.starts_with(b"\r\n") && blanks <= AROUND_PARTS {
            self.buffer.advance(blanks + 2);
            self.searched = 0;
            self.state = State::Head;
            return Ok(true);
        }
        let may_still_come = rest.is_empty() || rest == b"\r" || (blanks == 0 && rest == b"-");
        if may_still_come && blanks <= AROUND_PARTS {
            Ok(false)
        } else {
            Err(Fault::Malformed("a line begins with the boundary and goes on"))
        }
    }

    fn head(&mut self) -> Result<Event, Fault> {
        const END: &[u8] = b"\r\n\r\n";
        // A part without any header begins with its empty line, and is as bad as one without a name.
        if self.buffer.starts_with(b"\r\n") {
            return Err(Fault::Malformed("a part has no headers"));
        }
        let found = memchr::memmem::find(&self.buffer[self.searched..], END);
        let Some(length) = found.map(|at| self.searched + at + END.len()) else {
            if self.buffer.len() >= self.header_bytes + END.len() {
                return Err(Fault::HeaderBytes);
            }
            self.searched = self.buffer.len().saturating_sub(END.len() - 1);
            return Ok(Event::Starved);
        };
        if length > self.header_bytes {
            return Err(Fault::HeaderBytes);
        }
        let head = PartHead::parse(&self.buffer[..length - 2], self.headers)?;
        self.buffer.advance(length);
        self.state = State::Content;
        Ok(Event::Part(head))
    }

    fn content(&mut self) -> Event {
        let (length, ends) = match self.delimiter.find(&self.buffer) {
            Some(at) => (at, true),
            None => (self.certain(), false),
        };
        if length > 0 {
            return Event::Content(self.buffer.split_to(length).freeze());
        }
        if !ends {
            return Event::Starved;
        }
        self.buffer.advance(self.delimiter.needle().len());
        self.state = State::Delimited;
        Event::PartEnd
    }
}

#[cfg(test)]
mod tests;
