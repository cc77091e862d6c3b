use std::fmt;

use axum::extract::Request;
use bytes::Bytes;
use http::StatusCode;

use super::{
    head::PartHead,
    parser::{Event, Fault, Parser},
    part::Part,
};
use crate::{
    Problem, Result,
    request::body::{
        content_type::ContentType,
        failure::{self, problem, too_large, too_many},
        form_limits::FormLimits,
        limits::BOUNDARY,
        read::Chunks,
    },
    valid::Words,
};

/// A body of which parts are left to read: what is in a [`Multipart`](super::Multipart) without a type.
pub struct PartReader {
    chunks: Chunks,
    parser: Parser,
    limits: FormLimits,
    words: Words,
    parts: usize,
    /// What was left when an error was found cannot be read.
    has_failed: bool,
    /// A part has begun and its end was not seen.
    is_within_part: bool,
}

impl PartReader {
    pub(in crate::request::body) fn open(
        request: Request,
        content_type: &ContentType,
        limits: FormLimits,
    ) -> failure::Result<Self> {
        let boundary = content_type.boundary().unwrap_or_default();
        if boundary.is_empty() || boundary.len() > BOUNDARY {
            let detail = "the content type needs a boundary of 1 to 70 characters";
            return Err(problem(StatusCode::BAD_REQUEST, detail));
        }
        let parser = Parser::new(boundary, &limits);
        let words = Words::of(request.extensions(), request.headers());
        let chunks = Chunks::open(request, limits.total)?;
        Ok(Self {
            chunks,
            parser,
            limits,
            words,
            parts: 0,
            has_failed: false,
            is_within_part: false,
        })
    }

    pub(in crate::request::body) async fn next_part(&mut self) -> Result<Option<Part<'_>>> {
        match self.next_head().await? {
            Some(head) => Ok(Some(Part::new(self, head))),
            None => Ok(None),
        }
    }

    async fn next_head(&mut self) -> failure::Result<Option<PartHead>> {
        loop {
            match self.event().await? {
                None => return Ok(None),
                Some(Event::Part(head)) => {
                    self.parts += 1;
                    if self.parts > self.limits.parts {
                        self.has_failed = true;
                        return Err(too_many("parts", self.limits.parts));
                    }
                    self.is_within_part = true;
                    return Ok(Some(head));
                }
                Some(_) => {}
            }
        }
    }

    /// The next bytes of the part that has begun; `None` at its end.
    pub(super) async fn content(&mut self) -> failure::Result<Option<Bytes>> {
        while self.is_within_part {
            match self.event().await? {
                Some(Event::Content(bytes)) => return Ok(Some(bytes)),
                Some(Event::PartEnd) | None => self.is_within_part = false,
                Some(Event::Part(_) | Event::Starved) => {}
            }
        }
        Ok(None)
    }

    /// Refuses what comes after a limit was exceeded within a part.
    pub(super) fn fail(&mut self) {
        self.has_failed = true;
    }

    pub(super) fn limits(&self) -> &FormLimits {
        &self.limits
    }

    pub(in crate::request::body) fn words(&self) -> &Words {
        &self.words
    }

    /// The next event of the parser, which is fed as it asks for it; `None` at the end of the body.
    async fn event(&mut self) -> failure::Result<Option<Event>> {
        if self.has_failed {
            return Err(malformed("the form was refused already"));
        }
        // A reader that stops waiting in the middle, for the time it has, can come back: nothing is lost on the way.
        loop {
            match self.parser.next() {
                Ok(Event::Starved) => {}
                Ok(event) => return Ok(Some(event)),
                Err(fault) => {
                    self.has_failed = true;
                    return Err(self.refusal(fault));
                }
            }
            let chunk = self.chunks.next().await.inspect_err(|_| self.has_failed = true)?;
            match chunk {
                Some(chunk) => self.parser.push(&chunk),
                None if self.parser.has_ended() => return Ok(None),
                None => {
                    self.has_failed = true;
                    return Err(malformed("the body ends before its last part does"));
                }
            }
        }
    }

    fn refusal(&self, fault: Fault) -> Box<Problem> {
        match fault {
            Fault::Malformed(what) => malformed(what),
            Fault::HeaderBytes => {
                too_large("the head of a part", self.limits.part_header_bytes as u64)
            }
            Fault::Headers => too_many("headers in a part", self.limits.part_headers),
        }
    }
}

fn malformed(what: &str) -> Box<Problem> {
    problem(StatusCode::BAD_REQUEST, format!("the body is not multipart/form-data: {what}"))
}

impl fmt::Debug for PartReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PartReader").field("parts", &self.parts).finish_non_exhaustive()
    }
}
