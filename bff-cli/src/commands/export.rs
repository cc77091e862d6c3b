//! `bff export`: runs the app once, which writes its answers as files instead of serving them.

use std::env::current_dir;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::export::{self, Options, Outcome, Totals};
use crate::failure::{Failure, TaskError};
use crate::shell::Shell;

/// Where the files go unless it is said.
const DEFAULT_OUT: &str = "out";

/// The foot of the help text.
const EXAMPLES: &str = "\
Examples:
  bff export                        the folder `out` beside `Cargo.toml`
  bff export --out dist             another folder
  bff export --allow-unsupported    without what only a server can do

It runs `cargo run` with the variable `BFF_EXPORT`, so `main` runs as far as `bff::serve`. `BFF_ENV` is `production`
unless it is set. The folder is replaced when everything has succeeded, and only if nothing but an earlier export is
in it.";

/// The flags of `bff export`.
#[derive(Args, Debug)]
struct Flags {
    /// Folder that the files are written to
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Leave out what a host of files cannot do, instead of refusing it
    #[arg(long)]
    allow_unsupported: bool,
}

/// Name, flags and help.
pub(crate) fn cli() -> Command {
    Flags::augment_args(Command::new("export"))
        .about("Write the answers of the app as files, for a static host")
        .after_help(EXAMPLES)
}

/// Exports the app of this folder.
pub(crate) fn exec(matches: &ArgMatches, shell: &Shell) -> Result<(), Failure> {
    let Flags { out, allow_unsupported } = Flags::from_arg_matches(matches)?;
    let here = current_dir()
        .map_err(|error| TaskError::new(format!("the current folder cannot be read: {error}")))?;
    let package = package(&here)?;
    // Relative to the reader, who may be in a folder of the package.
    let out = out.map_or_else(|| package.join(DEFAULT_OUT), |out| here.join(out));
    match export::run(&Options { package, out: &out, allow_unsupported }, shell)? {
        Outcome::Exported(totals) => {
            shell.status("Exported", out.strip_prefix(&here).unwrap_or(&out).display());
            shell.text(table(&totals));
            Ok(())
        }
        Outcome::Refused(mistakes) => Err(refused(&mistakes).into()),
        Outcome::Nothing(status) => Err(nothing(status).into()),
    }
}

/// The nearest package above.
fn package(here: &Path) -> Result<&Path, TaskError> {
    here.ancestors().find(|folder| folder.join("Cargo.toml").is_file()).ok_or_else(|| {
        TaskError::new("there is no `Cargo.toml` in this folder or above it")
            .with_help("go to the folder of the app")
    })
}

/// What keeps the app from being exported, all of it.
fn refused(mistakes: &[export::Mistake]) -> TaskError {
    let details = mistakes.iter().flat_map(|mistake| {
        let first = format!("{}: {}", mistake.place, mistake.message);
        [first, format!("  help: {}", mistake.help)]
    });
    let error = TaskError::new("the app was not exported").with_details(details);
    match mistakes.iter().filter(|mistake| mistake.unsupported).count() {
        0 => error,
        1 => error.with_help("`--allow-unsupported` leaves out the one that needs a server"),
        n => {
            error.with_help(format!("`--allow-unsupported` leaves out the {n} that need a server"))
        }
    }
}

/// The program has ended, and said nothing.
fn nothing(status: ExitStatus) -> TaskError {
    if status.success() {
        TaskError::new("the app ended without an export")
            .with_help("its `main` has to come to `bff::serve(app::router()).await`")
    } else {
        TaskError::new(format!("`cargo run` failed ({status})")).with_help("see what it says above")
    }
}

/// What was written, in columns.
fn table(totals: &Totals) -> String {
    let Totals { routes, public, files, bytes, .. } = totals;
    let rows = [
        ("routes", routes.to_string()),
        ("files", format!("{files}, {public} of them from public/")),
        ("bytes", bytes.to_string()),
    ];
    let rows = rows.map(|(name, value)| format!("{name:>12} {value}"));
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Mistake;

    #[test]
    fn the_help_tells_how_many_mistakes_a_flag_would_leave_out() {
        let mistake = |unsupported| Mistake {
            place: "app/route.rs".to_owned(),
            message: "it is wrong".to_owned(),
            help: "mend it".to_owned(),
            unsupported,
        };
        for (mistakes, help) in [
            (&[false][..], None),
            (&[true, false], Some("`--allow-unsupported` leaves out the one that needs a server")),
            (&[true, true], Some("`--allow-unsupported` leaves out the 2 that need a server")),
        ] {
            let error = refused(&mistakes.iter().map(|it| mistake(*it)).collect::<Vec<_>>());
            assert_eq!(error.help.as_deref(), help);
            assert_eq!(error.details[..2], ["app/route.rs: it is wrong", "  help: mend it"]);
        }
    }

    #[test]
    fn the_totals_are_a_table() {
        let totals = Totals { routes: 2, public: 1, files: 12, bytes: 345 };
        let expected = "      routes 2\n       files 12, 1 of them from public/\n       bytes 345";
        assert_eq!(table(&totals), expected);
    }
}
