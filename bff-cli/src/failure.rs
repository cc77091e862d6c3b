//! What a command stops with, before it has been turned into text.

use std::process::ExitCode;

/// Why a command did not do what it was asked to do.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line is at fault, and clap words it. Help and version arrive here too, with exit
    /// code 0, because clap treats them as the end of parsing.
    Usage(clap::Error),
    /// The command line was fine and the task could not be done.
    Task(TaskError),
}

impl Failure {
    /// 2 for a wrong command line and 1 for everything else, as cargo does.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(error) => u8::try_from(error.exit_code()).unwrap_or(2).into(),
            Self::Task(_) => ExitCode::FAILURE,
        }
    }
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        Self::Usage(error)
    }
}

impl From<TaskError> for Failure {
    fn from(error: TaskError) -> Self {
        Self::Task(error)
    }
}

/// One message with everything that belongs to it.
#[derive(Debug, PartialEq)]
pub(crate) struct TaskError {
    /// What is wrong: a lower-case phrase without a final stop.
    pub(crate) message: String,
    /// The list under the message, a line each.
    pub(crate) details: Vec<String>,
    /// What to do about it, in the imperative.
    pub(crate) help: Option<String>,
}

impl TaskError {
    /// An error that is nothing but its message.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), details: Vec::new(), help: None }
    }

    /// Adds lines to the list under the message.
    pub(crate) fn with_details(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }

    /// Says what to do about it.
    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
