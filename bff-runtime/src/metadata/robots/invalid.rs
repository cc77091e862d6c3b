use std::{error, fmt};

/// Something that a [`Robots`](super::Robots) cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRobots {
    what: &'static str,
    text: String,
    because: &'static str,
}

impl InvalidRobots {
    pub(super) fn new(what: &'static str, text: &str, because: &'static str) -> Self {
        Self { what, text: text.to_owned(), because }
    }
}

impl fmt::Display for InvalidRobots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, text, because } = self;
        write!(f, "robots.txt: the {what} {text:?} {because}")
    }
}

impl error::Error for InvalidRobots {}
