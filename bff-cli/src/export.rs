//! The app as a process that exports itself: how it is started, and what it says.

mod event;

use std::env;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::failure::TaskError;
use crate::shell::Shell;

use event::Event;
pub(crate) use event::{Mistake, Totals};

/// What is exported, and how.
#[derive(Debug)]
pub(crate) struct Options<'a> {
    /// The folder of its `Cargo.toml`.
    pub(crate) package: &'a Path,
    /// The folder to write to.
    pub(crate) out: &'a Path,
    /// Leave out what only a server can do.
    pub(crate) allow_unsupported: bool,
}

/// How it ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// All of it was written.
    Exported(Totals),
    /// Nothing was, because of these.
    Refused(Vec<Mistake>),
    /// The program has said neither; how it ended.
    Nothing(ExitStatus),
}

/// Runs the app, and shows how far it is.
pub(crate) fn run(options: &Options<'_>, shell: &Shell) -> Result<Outcome, TaskError> {
    let mut child = command(options, shell).spawn().map_err(|error| {
        TaskError::new(format!("cargo cannot be started: {error}"))
            .with_help("install Rust, from https://rustup.rs")
    })?;
    let mut heard = Heard::default();
    if let Some(stdout) = child.stdout.take() {
        // What is no text is no event, and passed on as well as can be.
        for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
            heard.line(&String::from_utf8_lossy(&line), shell);
        }
    }
    heard.progress.finish();
    let status = child
        .wait()
        .map_err(|error| TaskError::new(format!("the app cannot be waited for: {error}")))?;
    Ok(match (heard.totals, heard.mistakes) {
        (Some(totals), mistakes) if mistakes.is_empty() => Outcome::Exported(totals),
        (_, mistakes) if mistakes.is_empty() => Outcome::Nothing(status),
        (_, mistakes) => Outcome::Refused(mistakes),
    })
}

/// `cargo run`, as the user would type it, with what tells the app to export itself.
fn command(options: &Options<'_>, shell: &Shell) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg("run").current_dir(options.package);
    if shell.is_quiet() {
        command.arg("--quiet");
    }
    command.env("BFF_EXPORT", options.out).env("BFF_EXPORT_EVENTS", "1");
    if options.allow_unsupported {
        command.env("BFF_EXPORT_ALLOW_UNSUPPORTED", "1");
    } else {
        command.env_remove("BFF_EXPORT_ALLOW_UNSUPPORTED");
    }
    // Empty is the shell's way of saying none.
    if env::var_os("BFF_ENV").is_none_or(|value| value.is_empty()) {
        command.env("BFF_ENV", "production");
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// What the app has said so far.
#[derive(Default)]
struct Heard {
    progress: crate::shell::Progress,
    mistakes: Vec<Mistake>,
    totals: Option<Totals>,
}

impl Heard {
    /// A line of its stdout: an event, or something of the app's own.
    fn line(&mut self, line: &str, shell: &Shell) {
        let Some((before, event)) = Event::read(line) else {
            return self.progress.aside(|| shell.data(line));
        };
        if !before.is_empty() {
            self.progress.aside(|| shell.data(before));
        }
        match event {
            Event::Planned { files } => self.progress = shell.progress("Exporting", files),
            Event::Written { file, .. } => self.progress.step(&file),
            Event::Warning(warning) => {
                let Mistake { place, message, .. } = warning;
                self.progress.aside(|| shell.note(format_args!("{place}: {message}")));
            }
            // Several apps of one program say the same.
            Event::Mistake(mistake) if self.mistakes.contains(&mistake) => {}
            Event::Mistake(mistake) => self.mistakes.push(mistake),
            Event::Done(totals) => self.totals = Some(totals),
        }
    }
}
