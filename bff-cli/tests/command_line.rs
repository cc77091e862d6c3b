//! Flags, help and usage errors.

use crate::{bff, bff_ok, command, run, temp_dir, tree};

#[test]
fn cl_01_version_and_help_go_to_stdout() {
    let dir = temp_dir();
    let version = bff(dir.path(), &["--version"]);
    assert_eq!((version.code, version.stderr.as_str()), (0, ""));
    assert_eq!(version.stdout, format!("bff {}\n", env!("CARGO_PKG_VERSION")));

    for args in [&["--help"][..], &["help"], &["new", "--help"], &["help", "new"]] {
        let help = bff(dir.path(), args);
        assert_eq!((help.code, help.stderr.as_str()), (0, ""), "{args:?}");
        assert!(help.stdout.contains("Usage: bff"), "{}", help.stdout);
    }
}

#[test]
fn cn_01_help_lists_every_flag() {
    let dir = temp_dir();
    let help = bff(dir.path(), &["new", "--help"]).stdout;
    for flag in [
        "[DIRECTORY]",
        "--api",
        "--src-dir",
        "--no-git",
        "--disable-git",
        "--force",
        "-y, --yes",
        "-q, --quiet",
        "--color",
        "Examples:",
    ] {
        assert!(help.contains(flag), "`{flag}` is missing:\n{help}");
    }
}

#[test]
fn no_command_prints_the_help_and_fails() {
    let dir = temp_dir();
    let output = bff(dir.path(), &[]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("Create a new app"), "{}", output.stderr);
}

#[test]
fn cn_02_typos_are_refused_with_a_suggestion() {
    let dir = temp_dir();
    for (args, suggestion) in [
        (&["nwe"][..], "'new'"),
        (&["new", "--src-dri", "my-api"], "'--src-dir'"),
        (&["new", "my-api", "--no-gti"], "'--no-git'"),
        (&["new", "my-api", "--frce"], "'--force'"),
        (&["--colour", "never", "new", "my-api"], "'--color'"),
    ] {
        let output = bff(dir.path(), args);
        assert_eq!(output.code, 2, "{args:?}");
        assert!(output.stderr.contains(suggestion), "{args:?}: {}", output.stderr);
    }
    assert_eq!(bff(dir.path(), &["new", "one", "two"]).code, 2);
    assert_eq!(tree(dir.path()), [""; 0]);
}

#[test]
fn cn_03_yes_takes_the_default_name() {
    let dir = temp_dir();
    bff_ok(dir.path(), &["new", "--yes", "--no-git"]);
    assert!(dir.path().join("my-api/Cargo.toml").is_file());
}

#[test]
fn cn_07_without_a_name_and_a_terminal_nothing_is_made() {
    let dir = temp_dir();
    let output = bff(dir.path(), &["new"]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.starts_with("error: the name of the new app is missing"));
    assert!(output.stderr.contains("Usage: bff new [OPTIONS] [DIRECTORY]"), "{}", output.stderr);
    assert_eq!(tree(dir.path()), [""; 0]);
}

#[test]
fn quiet_says_nothing_but_errors() {
    let dir = temp_dir();
    assert_eq!(bff_ok(dir.path(), &["new", "-q", "my-api"]), "");
    let output = bff(dir.path(), &["-q", "new", "my-api"]);
    assert_eq!(output.code, 1);
    assert!(output.stderr.starts_with("error: "), "{}", output.stderr);
}

#[test]
fn color_is_off_in_pipes_unless_it_is_asked_for() {
    let dir = temp_dir();
    assert!(!bff_ok(dir.path(), &["new", "a"]).contains('\x1b'));
    assert!(bff_ok(dir.path(), &["new", "b", "--color", "always"]).contains('\x1b'));
    let mut forced = command(dir.path(), &["new", "c", "--color=never"]);
    assert!(!run(forced.env("CLICOLOR_FORCE", "1")).stderr.contains('\x1b'));
    assert_eq!(bff(dir.path(), &["new", "d", "--color", "blue"]).code, 2);
}

#[test]
fn cn_26_the_next_steps_are_printed_last() {
    let dir = temp_dir();
    let stderr = bff_ok(dir.path(), &["new", "--api", "my-api"]);
    assert!(stderr.contains("     Created app `my-api` in "), "{stderr}");
    let steps = "\nNext steps:\n  cd my-api\n  cargo run\n\nThen open http://localhost:3000\n";
    assert!(stderr.ends_with(steps), "{stderr}");
}

#[test]
fn an_export_needs_a_package() {
    let dir = temp_dir();
    let output = bff(dir.path(), &["export"]);
    assert_eq!((output.code, &*output.stdout), (1, ""));
    let expected = "error: there is no `Cargo.toml` in this folder or above it\nhelp: go to the folder of the app\n";
    assert_eq!(output.stderr, expected);
}
