//! The `bff` command: the developer's shell for bff apps.
//!
//! Reading order: [`commands`] is the table of what it can do, [`scaffold`] makes new apps,
//! [`export`] has one written to files, [`shell`] prints, [`failure`] is what a command stops with.
//!
//! Invariant: this crate never links the runtime, and nothing but [`shell`] writes to the terminal.

mod commands;
mod export;
mod failure;
mod scaffold;
mod shell;

use std::process::ExitCode;

use shell::Shell;

/// Parses the command line, runs the command, turns the outcome into an exit code.
fn main() -> ExitCode {
    let matches = match commands::parse() {
        Ok(matches) => matches,
        Err(error) => return Shell::default().failure(&error.into()),
    };
    let shell = Shell::from_flags(&matches);
    match commands::exec(&matches, &shell) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => shell.failure(&failure),
    }
}
