//! The repository of a new app, and its first commit.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The message of the first commit.
const MESSAGE: &str = "Initial commit from bff new";

/// What a hook or an outer git command would set, which would send ours into another repository.
const FOREIGN_SETTINGS: &[&str] =
    &["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"];

/// Whether there is a new repository.
#[derive(Debug, PartialEq)]
pub(crate) enum GitOutcome {
    /// Yes, with everything in its first commit.
    Committed,
    /// No, the user said so.
    NotWanted,
    /// No: git is not there, or the app belongs to a repository already.
    NotPossible,
    /// No: git gave up with these words, and what it had made is gone again.
    Failed(String),
}

/// Makes a repository in `folder` and commits all of it. A failure is no reason to fail as a whole, for
/// the app is there and complete.
pub(crate) fn start(folder: &Path) -> GitOutcome {
    // Looked for by hand, so that a repository which git refuses to read counts as well: from here on
    // any `.git` in this folder is one that we made and may remove.
    let is_versioned = |folder: &Path| {
        [".git", ".hg"].iter().any(|name| fs::symlink_metadata(folder.join(name)).is_ok())
    };
    if folder.ancestors().any(is_versioned) || git(folder, &["--version"]).is_err() {
        return GitOutcome::NotPossible;
    }
    match init_and_commit(folder) {
        Ok(()) => GitOutcome::Committed,
        Err(reason) => match fs::remove_dir_all(folder.join(".git")) {
            Err(error) if folder.join(".git").exists() => {
                GitOutcome::Failed(format!("{reason}; its `.git` could not be removed: {error}"))
            }
            _ => GitOutcome::Failed(reason),
        },
    }
}

/// The steps, up to the first that fails.
fn init_and_commit(folder: &Path) -> Result<(), String> {
    git(folder, &["init", "--quiet"])?;
    let default_branch = git(folder, &["config", "init.defaultBranch"]);
    if !default_branch.is_ok_and(|branch| !branch.is_empty()) {
        git(folder, &["symbolic-ref", "HEAD", "refs/heads/main"])?;
    }
    git(folder, &["add", "--all"])?;
    git(folder, &["commit", "--quiet", "--message", MESSAGE])?;
    Ok(())
}

/// Runs git without a terminal; its output, or the reason for which it failed, in one line.
fn git(folder: &Path, args: &[&str]) -> Result<String, String> {
    let mut command = Command::new("git");
    command.args(args).current_dir(folder).stdin(Stdio::null());
    for name in FOREIGN_SETTINGS {
        command.env_remove(name);
    }
    let output = command.output().map_err(|error| format!("git did not start: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    // git puts the point last: `fatal: …` follows pages of advice.
    let reason =
        text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no reason given");
    Err(format!("`git {}` failed ({})", args[0], reason.trim()))
}
