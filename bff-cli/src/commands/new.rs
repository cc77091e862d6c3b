//! `bff new`: flags in, a new app out, and what to do next.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::failure::Failure;
use crate::scaffold::{self, Created, GitOutcome, Options, Target};
use crate::shell::Shell;

/// What the question offers, and what `--yes` takes.
const DEFAULT_NAME: &str = "my-api";

/// The foot of the help text.
const EXAMPLES: &str = "\
Examples:
  bff new my-api             a folder `my-api` with an app of that name
  bff new .                  the current folder becomes the app
  bff new services/my-api    folders that are missing are made
  bff new                    asks for the name";

/// The flags of `bff new`.
#[derive(Args, Debug)]
struct Flags {
    /// Folder of the new app; its last part is the package's name
    directory: Option<PathBuf>,
    /// Take the template for an API, which is the default and so far the only one
    #[arg(long)]
    api: bool,
    /// Put the `app` folder into `src`
    #[arg(long)]
    src_dir: bool,
    /// Make no git repository
    #[arg(long, visible_alias = "disable-git")]
    no_git: bool,
    /// Accept a folder that is not empty; files that exist are kept as they are
    #[arg(long)]
    force: bool,
    /// Ask nothing and take the defaults
    #[arg(short, long)]
    yes: bool,
}

/// Name, flags and help.
pub(crate) fn cli() -> Command {
    Flags::augment_args(Command::new("new")).about("Create a new app").after_help(EXAMPLES)
}

/// Creates the app that the flags describe.
pub(crate) fn exec(matches: &ArgMatches, shell: &Shell) -> Result<(), Failure> {
    // `--api` selects what is selected anyway.
    let Flags { directory, api: _, src_dir, no_git, force, yes } =
        Flags::from_arg_matches(matches)?;
    let directory = match directory {
        Some(directory) => directory,
        None if yes => DEFAULT_NAME.into(),
        None if shell.can_ask() => ask_directory(shell, force)?,
        None => return Err(directory_is_missing().into()),
    };
    let target = Target::resolve(&directory, force)?;
    let created = scaffold::create(&target, &Options { src_dir, git: !no_git })?;
    report(shell, &target, &created);
    shell.text(next_steps(&directory));
    Ok(())
}

/// Asks for the folder, and asks again until it can be used.
fn ask_directory(shell: &Shell, force: bool) -> Result<PathBuf, Failure> {
    let answer = shell.ask("Name of the new app", DEFAULT_NAME, |answer| {
        Target::resolve(Path::new(answer), force).map(drop).map_err(|error| {
            let mut text = error.message;
            for detail in error.details {
                let _ = write!(text, "\n  {detail}");
            }
            if let Some(help) = error.help {
                let _ = write!(text, "\nhelp: {help}");
            }
            text
        })
    })?;
    Ok(answer.into())
}

/// There is nobody to ask, which must not look like success to a script.
fn directory_is_missing() -> clap::Error {
    cli().bin_name("bff new").error(
        ErrorKind::MissingRequiredArgument,
        "the name of the new app is missing, and there is no terminal to ask for it on",
    )
}

/// Says what was done, and what was not.
fn report(shell: &Shell, target: &Target, created: &Created) {
    shell.status("Created", format_args!("app `{}` in {}", target.name(), target.path().display()));
    for file in &created.merged {
        shell.status("Extended", format_args!("{file} with the lines it did not have"));
    }
    for file in &created.kept {
        shell.status("Kept", format_args!("{file}, which was there already"));
    }
    if let Some(root) = &created.outer_workspace {
        shell.note(format_args!(
            "{} does not list this app as a member, so it has a `[workspace]` of its own",
            root.display()
        ));
    }
    match &created.git {
        GitOutcome::Committed | GitOutcome::NotPossible => {}
        GitOutcome::NotWanted => shell.note("no git repository, as asked for"),
        GitOutcome::Failed(reason) => shell.note(format_args!("no git repository: {reason}")),
    }
}

/// What to type now; `cd` only if there is somewhere to go.
fn next_steps(directory: &Path) -> String {
    let mut text = "\nNext steps:\n".to_owned();
    if directory.components().any(|component| component != Component::CurDir) {
        let _ = writeln!(text, "  cd {}", quoted(&directory.display().to_string()));
    }
    text.push_str("  cargo run\n\nThen open http://localhost:3000");
    text
}

/// A path that a shell takes as one word.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+@:\\".contains(c);
    if path.chars().all(is_plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cn_26_next_steps_lead_into_the_folder_unless_it_is_the_current_one() {
        for (directory, cd) in [
            ("my-api", Some("  cd my-api\n")),
            ("a b/my-api", Some("  cd 'a b/my-api'\n")),
            ("it's/my-api", Some(r"  cd 'it'\''s/my-api'")),
            ("..", Some("  cd ..\n")),
            (".", None),
            ("./", None),
        ] {
            let text = next_steps(Path::new(directory));
            match cd {
                Some(cd) => assert!(text.contains(cd), "{directory}: {text}"),
                None => assert!(!text.contains("cd "), "{directory}: {text}"),
            }
            assert!(text.ends_with("cargo run\n\nThen open http://localhost:3000"), "{text}");
        }
    }
}
