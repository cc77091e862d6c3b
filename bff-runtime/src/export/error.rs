use std::fmt;

use serde::Serialize;

/// One thing that keeps an app from being exported, or that the files cannot have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    pub(super) place: String,
    pub(super) message: String,
    pub(super) help: String,
    #[serde(rename = "unsupported")]
    pub(super) is_unsupported: bool,
}

impl Mistake {
    pub(super) fn new(
        place: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let (place, message, help) = (place.into(), message.into(), help.into());
        Self { place, message, help, is_unsupported: false }
    }

    /// Where to look first: a file of the app, or a rule of `bff.toml`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong: a lower-case phrase without a final stop.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do.
    pub fn help(&self) -> &str {
        &self.help
    }

    /// True for what only a server can do, which [`allow_unsupported`](super::Export::allow_unsupported) leaves out.
    pub fn is_unsupported(&self) -> bool {
        self.is_unsupported
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, message, help, .. } = self;
        write!(f, "{place}: {message}\n    help: {help}")
    }
}

/// Everything that kept an app from being exported. The folder is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportError {
    mistakes: Vec<Mistake>,
}

impl ExportError {
    pub(super) fn new(mistakes: Vec<Mistake>) -> Self {
        Self { mistakes }
    }

    /// All of it: the routes in the order of their folders, then what they answer.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the app was not exported")?;
        for mistake in &self.mistakes {
            write!(f, "\n  {mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ExportError {}
