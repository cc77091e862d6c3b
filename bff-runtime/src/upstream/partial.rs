use serde::{Serialize, Serializer};

use crate::{Error, Result};

/// What one branch of a [`join`](super::join()) brought: its value, or an error in its place.
///
/// Written as JSON it is the value or `null`, so an answer can be made of what there is.
#[derive(Debug)]
#[must_use = "a branch may have failed"]
pub struct Partial<T> {
    name: &'static str,
    result: Result<T>,
}

impl<T> Partial<T> {
    pub(super) fn new(name: &'static str, result: Result<T>) -> Self {
        Self { name, result }
    }

    /// The name of the branch.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether there is no value.
    pub fn is_missing(&self) -> bool {
        self.result.is_err()
    }

    /// The value, when there is one.
    pub fn ok(self) -> Option<T> {
        self.result.ok()
    }

    /// The value, when there is one, by reference.
    pub fn get(&self) -> Option<&T> {
        self.result.as_ref().ok()
    }

    /// The value, or what is good enough in its place.
    pub fn unwrap_or(self, instead: T) -> T {
        self.result.unwrap_or(instead)
    }

    /// The value, for a branch that the answer cannot do without.
    ///
    /// # Errors
    /// What the branch failed with: mostly 502 or 504.
    pub fn required(self) -> Result<T> {
        self.result
    }

    /// Why there is no value.
    pub fn error(&self) -> Option<&Error> {
        self.result.as_ref().err()
    }
}

impl<T: Serialize> Serialize for Partial<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize(serializer)
    }
}
