//! Rows CN-24: the repository of a new app.

use std::path::Path;
use std::process::Command;
use std::{fs, iter};

use crate::{bff_ok, command, read, run, temp_dir};

/// Output of git in `dir`, which must succeed.
#[track_caller]
fn git(dir: &Path, args: &[&str]) -> String {
    let output = Command::new("git").args(args).current_dir(dir).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn cn_24_everything_is_in_one_commit_on_main() {
    let dir = temp_dir();
    bff_ok(dir.path(), &["new", "my-api"]);
    let app = dir.path().join("my-api");
    assert_eq!(git(&app, &["log", "--format=%s"]), "Initial commit from bff new");
    assert_eq!(git(&app, &["branch", "--show-current"]), "main");
    assert_eq!(git(&app, &["status", "--porcelain"]), "");
    assert!(git(&app, &["ls-files"]).contains("app/route.rs"));
}

#[test]
fn cn_24_the_user_s_own_default_branch_is_respected() {
    let dir = temp_dir();
    let config = dir.path().join("gitconfig");
    fs::write(&config, "[init]\ndefaultBranch = trunk\n").unwrap();
    run(command(dir.path(), &["new", "my-api"]).env("GIT_CONFIG_GLOBAL", &config));
    assert_eq!(git(&dir.path().join("my-api"), &["branch", "--show-current"]), "trunk");
}

#[test]
fn cn_24_no_repository_is_made_inside_another() {
    let dir = temp_dir();
    git(dir.path(), &["init", "--quiet"]);
    let stderr = bff_ok(dir.path(), &["new", "my-api"]);
    assert!(!dir.path().join("my-api/.git").exists());
    assert!(!stderr.contains("Note"), "{stderr}");

    let dir = temp_dir();
    fs::create_dir(dir.path().join(".hg")).unwrap();
    bff_ok(dir.path(), &["new", "my-api"]);
    assert!(!dir.path().join("my-api/.git").exists());
}

#[test]
fn cn_24_an_existing_repository_is_left_alone() {
    let dir = temp_dir();
    let app = dir.path().join("my-api");
    // Not even one that git itself would call broken.
    fs::create_dir_all(app.join(".git")).unwrap();
    fs::write(app.join(".git/HEAD"), "mine").unwrap();
    bff_ok(dir.path(), &["new", "my-api"]);
    assert_eq!(read(app.join(".git/HEAD")), "mine");
    assert_eq!(fs::read_dir(app.join(".git")).unwrap().count(), 1);
}

#[test]
fn cn_24_either_flag_leaves_git_out_and_says_so() {
    let dir = temp_dir();
    for (name, flag) in iter::zip(["a", "b"], ["--no-git", "--disable-git"]) {
        let stderr = bff_ok(dir.path(), &["new", name, flag]);
        assert!(stderr.contains("Note no git repository, as asked for"), "{stderr}");
        assert!(!dir.path().join(name).join(".git").exists());
    }
}

#[test]
fn cn_24_a_commit_that_fails_costs_the_repository_and_nothing_else() {
    let dir = temp_dir();
    let config = dir.path().join("gitconfig");
    fs::write(&config, "[user]\nuseConfigOnly = true\n").unwrap();
    let mut command = command(dir.path(), &["new", "my-api"]);
    for role in ["AUTHOR", "COMMITTER"] {
        command.env_remove(format!("GIT_{role}_NAME")).env_remove(format!("GIT_{role}_EMAIL"));
    }
    let output = run(command.env("GIT_CONFIG_GLOBAL", &config).env_remove("EMAIL"));
    assert_eq!(output.code, 0, "{}", output.stderr);
    let notes = output.stderr.lines().filter(|line| line.contains("Note no git repository: "));
    assert_eq!(notes.count(), 1, "{}", output.stderr);
    assert!(dir.path().join("my-api/Cargo.toml").is_file());
    assert!(!dir.path().join("my-api/.git").exists());
}

#[test]
fn cn_24_a_machine_without_git_is_fine() {
    let dir = temp_dir();
    let output = run(command(dir.path(), &["new", "my-api"]).env("PATH", dir.path()));
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(!output.stderr.contains("git"), "{}", output.stderr);
    assert!(!dir.path().join("my-api/.git").exists());
}

#[test]
fn cn_24_settings_of_an_outer_git_command_are_not_ours() {
    let dir = temp_dir();
    let other = dir.path().join("other");
    git(dir.path(), &["init", "--quiet", "other"]);
    run(command(dir.path(), &["new", "my-api"]).env("GIT_DIR", other.join(".git")));
    assert!(dir.path().join("my-api/.git").is_dir());
    assert!(!other.join(".git/index").exists());
}
