use std::time::Instant;

use crate::error::{Error, Result};

/// When a picture has to be there. Asked between two steps, since a thread cannot be stopped.
#[derive(Clone, Copy)]
pub(super) struct Clock(pub(super) Option<Instant>);

impl Clock {
    pub(super) fn check(self) -> Result {
        match self.0 {
            Some(end) if Instant::now() >= end => Err(late()),
            _ => Ok(()),
        }
    }
}

#[cold]
pub(super) fn late() -> Error {
    Error::msg("a picture took too long")
}
