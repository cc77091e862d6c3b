//! The built `bff` binary, run in temporary folders. Names of tests begin with the row of the
//! specification that they hold us to.

#![expect(clippy::unwrap_used, reason = "clippy exempts test functions, and not what they call")]

mod command_line;
mod files;
mod folders;
mod generated_app;
mod git;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run of the binary left behind.
struct Output {
    code: i32,
    stdout: String,
    stderr: String,
}

/// Runs `bff` in `dir`, with nobody at the terminal and a git that knows its user.
fn bff(dir: &Path, args: &[&str]) -> Output {
    run(&mut command(dir, args))
}

/// The same for cases that need another environment.
fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bff"));
    command.args(args).current_dir(dir).stdin(Stdio::null());
    // What the machine's own settings say must not matter.
    for name in ["CI", "NO_COLOR", "CLICOLOR_FORCE", "GIT_DIR", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "Somebody");
        command.env(format!("GIT_{role}_EMAIL"), "somebody@example.com");
    }
    command
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    Output {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs `bff`, which must succeed, and returns its stderr.
#[track_caller]
fn bff_ok(dir: &Path, args: &[&str]) -> String {
    let output = bff(dir, args);
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert_eq!(output.stdout, "");
    output.stderr
}

fn temp_dir() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder but git's own, sorted; empty folders end with a slash.
fn tree(dir: &Path) -> Vec<String> {
    fn collect(dir: &Path, prefix: &str, paths: &mut Vec<String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if path.ends_with(".git") {
                continue;
            }
            if !entry.file_type().unwrap().is_dir() {
                paths.push(path);
                continue;
            }
            let before = paths.len();
            collect(&entry.path(), &format!("{path}/"), paths);
            if paths.len() == before {
                paths.push(path + "/");
            }
        }
    }
    let mut paths = Vec::new();
    collect(dir, "", &mut paths);
    paths.sort();
    paths
}
