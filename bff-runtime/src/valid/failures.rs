use std::fmt;

use http::StatusCode;
use serde::de::DeserializeOwned;

use super::{Failure, names::in_names_of_client, wording::Words};
use crate::{Error, Problem, request::Pointer};

/// What a client is told of at most. A small body can have a hundred thousand values that are wrong, and the answer
/// should not be many times as large as the question.
const MOST: usize = 100;

/// Everything that is wrong with a value: what [`Validate`](super::Validate) adds to.
///
/// ```
/// use bff::valid::{Failure, Failures};
///
/// let mut failures = Failures::new();
/// failures.within("rooms", |rooms| {
///     rooms.within(2, |room| room.add(Failure::new("/seats", "range", "there are 40 seats")));
/// });
/// let pointers: Vec<_> = failures.iter().map(Failure::pointer).collect();
/// assert_eq!(pointers, ["/rooms/2/seats"]);
/// ```
///
/// In a handler they are what [`Valid`](super::Valid) would have answered, for what only a database knows:
///
/// ```
/// use bff::{Result, valid::Failure};
///
/// # async fn is_taken(name: &str) -> Result<bool> { Ok(true) }
/// async fn register(name: String) -> Result<String> {
///     if is_taken(&name).await? {
///         Err(Failure::new("/name", "taken", "somebody has this name already"))?;
///     }
///     Ok(name)
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(register("ada".to_owned()).await.unwrap_err().status(), 422);
/// # }
/// ```
///
/// The client is told of the first 100, and how many `more` there are.
#[derive(Debug, Default)]
pub struct Failures {
    found: Vec<Failure>,
    more: usize,
    within: Pointer,
}

impl Failures {
    /// None so far; nothing is allocated.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn add(&mut self, failure: Failure) {
        self.add_with(|| failure);
    }

    /// Adds one that is made when there is room for it.
    pub(super) fn add_with(&mut self, failure: impl FnOnce() -> Failure) {
        if self.found.len() == MOST {
            self.more += 1;
            return;
        }
        let mut failure = failure();
        if !self.within.is_root() {
            let mut place = self.within.clone();
            place.extend(failure.pointer());
            failure.move_to(place);
        }
        self.found.push(failure);
    }

    /// Goes into a field, or to an index of a list: what is added there has a pointer from there on.
    pub fn within(&mut self, step: impl fmt::Display, validate: impl FnOnce(&mut Self)) {
        let length = self.within.as_str().len();
        self.within.push(&step.to_string());
        validate(self);
        self.within.truncate(length);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len() + self.more
    }

    /// Those that a client is told of, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Failure> {
        self.found.iter()
    }

    /// The answer, in the client's names and the app's words. The value was a `T`.
    #[cold]
    pub(super) fn problem<T: DeserializeOwned>(mut self, words: &Words) -> Problem {
        for failure in &mut self.found {
            failure.move_to(in_names_of_client::<T>(failure.place()));
            words.reword(failure);
        }
        Problem::from(self)
    }
}

/// 422 with `errors`, the member that RFC 9457 section 3 shows, each with `pointer`, `code` and `detail`.
impl From<Failures> for Problem {
    fn from(failures: Failures) -> Self {
        let Failures { found, more, .. } = failures;
        let mut lines: Vec<_> = found.iter().map(Failure::line).collect();
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        let problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY)
            .detail(lines.join("; "))
            // Texts are always JSON.
            .with("errors", serde_json::to_value(&found).unwrap_or_default());
        if more > 0 { problem.with("more", more) } else { problem }
    }
}

/// Of this failure alone: see [`Failures`].
impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let mut failures = Failures::new();
        failures.add(failure);
        failures.into()
    }
}

/// The [`Problem`] of it: 422.
impl From<Failures> for Error {
    fn from(failures: Failures) -> Self {
        Problem::from(failures).into()
    }
}

/// The [`Problem`] of it: 422.
impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Problem::from(failure).into()
    }
}
