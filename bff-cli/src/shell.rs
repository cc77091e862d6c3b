//! Everything that reaches the terminal: what is happening, what went wrong, and the questions.
//!
//! All of it goes to stderr, so that stdout stays free for data, such as what an app prints that we run. Lines that cannot be written are
//! dropped: a closed stderr is no reason to fail a task that succeeded.

mod progress;

use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr, stdin};
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Style};
use clap::{ArgMatches, Args, ColorChoice, FromArgMatches};
use dialoguer::Input;

use crate::failure::{Failure, TaskError};

pub(crate) use progress::Progress;

/// The word before an error, as clap has it.
const ERROR: Style = AnsiColor::Red.on_default().bold();
/// What was done.
const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What is worth knowing.
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Behind the flags of the command itself in every help text.
const LAST: usize = 900;

/// The flags that every command takes.
#[derive(Args, Debug)]
pub(crate) struct ShellFlags {
    /// Print nothing but errors
    #[arg(short, long, global = true, display_order = LAST)]
    quiet: bool,
    /// When to use colours
    #[arg(long, global = true, display_order = LAST, default_value_t, value_name = "WHEN")]
    color: ColorChoice,
}

/// The terminal, as far as the user lets us use it.
#[derive(Debug, Default)]
pub(crate) struct Shell {
    quiet: bool,
}

impl Shell {
    /// Obeys `--quiet` and `--color`.
    pub(crate) fn from_flags(matches: &ArgMatches) -> Self {
        // The flags have defaults, so that nothing can be missing here.
        let Ok(flags) = ShellFlags::from_arg_matches(matches) else { return Self::default() };
        match flags.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        }
        .write_global();
        Self { quiet: flags.quiet }
    }

    /// A thing that was done, in cargo's columns: the verb stands to the left of one line.
    pub(crate) fn status(&self, verb: &str, text: impl Display) {
        self.talk(format_args!("{GOOD}{verb:>12}{GOOD:#} {text}"));
    }

    /// A thing that is worth knowing and needs no action.
    pub(crate) fn note(&self, text: impl Display) {
        self.talk(format_args!("{HINT}{:>12}{HINT:#} {text}", "Note"));
    }

    /// Whether nothing but errors is printed.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// A line of data, which goes to stdout whatever the flags are.
    pub(crate) fn data(&self, line: &str) {
        drop(writeln!(anstream::stdout().lock(), "{line}"));
    }

    /// Plain text of any number of lines.
    pub(crate) fn text(&self, text: impl Display) {
        self.talk(text);
    }

    /// Prints why a command stopped, and gives the exit code that goes with it.
    pub(crate) fn failure(&self, failure: &Failure) -> ExitCode {
        match failure {
            // clap knows which of its texts belong on stdout (help and version).
            Failure::Usage(error) => drop(error.print()),
            Failure::Task(TaskError { message, details, help }) => {
                print(format_args!("{ERROR}error{ERROR:#}: {message}"));
                for detail in details {
                    print(format_args!("  {detail}"));
                }
                if let Some(help) = help {
                    print(format_args!("{HINT}help{HINT:#}: {help}"));
                }
            }
        }
        failure.exit_code()
    }

    /// Whether somebody is there to answer. On a build server nobody is, whatever its terminal says.
    pub(crate) fn can_ask(&self) -> bool {
        stdin().is_terminal() && stderr().is_terminal() && std::env::var_os("CI").is_none()
    }

    /// Asks until the answer passes `check`.
    pub(crate) fn ask(
        &self,
        question: &str,
        default: &str,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Result<String, TaskError> {
        Input::<String>::new()
            .with_prompt(question)
            .default(default.to_owned())
            .validate_with(|answer: &String| check(answer.trim()))
            .interact_text()
            .map(|answer| answer.trim().to_owned())
            .map_err(|error| TaskError::new(format!("the question was not answered: {error}")))
    }

    /// Everything that `--quiet` silences goes through here.
    fn talk(&self, line: impl Display) {
        if !self.quiet {
            print(line);
        }
    }
}

/// One line, without its colours where nobody would see them.
fn print(line: impl Display) {
    drop(writeln!(anstream::stderr().lock(), "{line}"));
}
