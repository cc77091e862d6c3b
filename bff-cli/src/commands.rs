//! The table of commands. A new one is a file below `commands/` and a line in [`COMMANDS`].

mod export;
mod new;

use clap::error::{ContextKind, ContextValue};
use clap::{ArgMatches, Args, Command};

use crate::failure::Failure;
use crate::shell::{Shell, ShellFlags};

/// One subcommand: how it is called and what it does.
struct Subcommand {
    /// Name, flags and help.
    cli: fn() -> Command,
    /// Runs it on what clap made of the command line.
    exec: fn(&ArgMatches, &Shell) -> Result<(), Failure>,
}

/// Every subcommand, in the order in which the help lists them.
const COMMANDS: &[Subcommand] = &[
    Subcommand { cli: new::cli, exec: new::exec },
    Subcommand { cli: export::cli, exec: export::exec },
];

/// Takes the arguments of this process apart.
pub(crate) fn parse() -> Result<ArgMatches, clap::Error> {
    cli().try_get_matches().map_err(with_suggestion)
}

/// Suggests a command where clap finds none alike: it compares letters in their places, so that swapped
/// ones count for nothing in words as short as `new`.
fn with_suggestion(mut error: clap::Error) -> clap::Error {
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.to_lowercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    if error.get(ContextKind::SuggestedSubcommand).is_some() {
        return error;
    }
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) {
        let names = COMMANDS.iter().map(|command| (command.cli)().get_name().to_owned());
        let alike: Vec<_> = names.filter(|name| letters(name) == letters(word)).collect();
        if !alike.is_empty() {
            error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(alike));
        }
    }
    error
}

/// The whole command line.
fn cli() -> Command {
    // The texts come last, for the flags would bring their own doc comment as one.
    ShellFlags::augment_args(Command::new("bff"))
        .about("File-routed backends for frontends, in Rust")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(COMMANDS.iter().map(|command| (command.cli)()))
}

/// Runs the subcommand that was named.
pub(crate) fn exec(matches: &ArgMatches, shell: &Shell) -> Result<(), Failure> {
    // clap lets nothing else through, for a subcommand is required and must be one of the table.
    let named = matches.subcommand().and_then(|(name, matches)| {
        let command = COMMANDS.iter().find(|command| (command.cli)().get_name() == name)?;
        Some((command, matches))
    });
    match named {
        Some((command, matches)) => (command.exec)(matches, shell),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::cli;

    #[test]
    fn the_command_line_is_consistent() {
        cli().debug_assert();
    }
}
