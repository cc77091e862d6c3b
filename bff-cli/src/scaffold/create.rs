//! The steps that make an app, in order.

use std::path::PathBuf;

use crate::failure::TaskError;
use crate::scaffold::dependency;
use crate::scaffold::git::{self, GitOutcome};
use crate::scaffold::target::Target;
use crate::scaffold::template::{MANIFEST, Values, render};
use crate::scaffold::workspace::{self, Standing};
use crate::scaffold::write::Writer;

/// What the user may choose.
#[derive(Debug)]
pub(crate) struct Options {
    /// `app` goes below `src`.
    pub(crate) src_dir: bool,
    /// Start a git repository.
    pub(crate) git: bool,
}

/// What became of it, as far as the user should hear of it.
#[derive(Debug)]
pub(crate) struct Created {
    /// Files that existed and were left alone.
    pub(crate) kept: Vec<String>,
    /// Files that existed and got more lines.
    pub(crate) merged: Vec<String>,
    /// The workspace around the app, if the app had to be kept out of it.
    pub(crate) outer_workspace: Option<PathBuf>,
    /// Whether there is a repository now.
    pub(crate) git: GitOutcome,
}

/// Creates the app: all of its files, or none.
pub(crate) fn create(target: &Target, options: &Options) -> Result<Created, TaskError> {
    let mut writer = Writer::new(target.path());
    match write_files(target, options, &mut writer) {
        Ok(outer_workspace) => Ok(Created {
            outer_workspace,
            // Last, because the first commit is to contain everything.
            git: if options.git { git::start(target.path()) } else { GitOutcome::NotWanted },
            kept: writer.kept,
            merged: writer.merged,
        }),
        Err(error) => {
            let left = writer.undo();
            let outcome = if left.is_empty() {
                "everything that this run had made was removed again"
            } else {
                "this run could not remove all that it had made; left over:"
            };
            let left = left.iter().map(|path| format!("  {}", path.display()));
            Err(error.with_details(std::iter::once(outcome.to_owned()).chain(left)))
        }
    }
}

/// Returns the workspace that the app had to be kept out of.
fn write_files(
    target: &Target,
    options: &Options,
    writer: &mut Writer,
) -> Result<Option<PathBuf>, TaskError> {
    let mut values = Values {
        name: target.name(),
        dependency: dependency::on_the_runtime(),
        src_dir: options.src_dir,
        standing: Standing::Alone,
    };
    for file in render(&values) {
        writer.add(&file)?;
    }
    if writer.kept.iter().any(|path| path == MANIFEST) {
        return Ok(None);
    }
    // Only now can cargo be asked, for it needs a package to answer for.
    values.standing = workspace::standing(&target.path().join(MANIFEST));
    if values.standing != Standing::Alone {
        for file in render(&values).iter().filter(|file| file.path == MANIFEST) {
            writer.replace(file)?;
        }
    }
    match values.standing {
        Standing::Outsider(root) => Ok(Some(root)),
        Standing::Alone | Standing::Member => Ok(None),
    }
}
