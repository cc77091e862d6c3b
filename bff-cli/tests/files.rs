//! What is generated, short of compiling it.

use std::fs;
use std::process::Command;

use crate::{bff_ok, read, temp_dir, tree};

#[test]
fn cn_20_rh_459_the_tree_is_that_of_an_api() {
    let dir = temp_dir();
    for (args, src) in [
        (&["new", "default"][..], ""),
        (&["new", "--api", "explicit"], ""),
        (&["new", "nested", "--src-dir"], "src/"),
    ] {
        bff_ok(dir.path(), args);
        let name = args.iter().rfind(|arg| !arg.starts_with('-')).unwrap();
        let mut expected: Vec<String> = [
            ".env.example",
            ".gitignore",
            "Cargo.toml",
            "README.md",
            "build.rs",
            "src/main.rs",
            "src/tests.rs",
        ]
        .map(String::from)
        .to_vec();
        expected.extend([format!("{src}app/[slug]/route.rs"), format!("{src}app/route.rs")]);
        expected.sort();
        assert_eq!(tree(&dir.path().join(name)), expected, "{args:?}");
    }
}

#[test]
fn cn_21_the_manifest_names_the_app_and_the_runtime_of_this_checkout() {
    let dir = temp_dir();
    bff_ok(dir.path(), &["new", "my-api"]);
    let text = read(dir.path().join("my-api/Cargo.toml"));
    let head =
        "[package]\nname = \"my-api\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n";
    assert!(text.starts_with(head), "{text}");
    let runtime = fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/../bff-runtime")).unwrap();
    let line = format!("bff = {{ path = {runtime:?}, package = \"bff-runtime\" }}\n");
    assert!(text.contains(&line), "{text}");
}

#[test]
fn cn_22_git_ignores_output_and_secrets_but_not_the_example() {
    let dir = temp_dir();
    bff_ok(dir.path(), &["new", "my-api"]);
    let is_ignored = |path: &str| {
        let mut git = Command::new("git");
        let git =
            git.args(["check-ignore", "--quiet", path]).current_dir(dir.path().join("my-api"));
        git.status().unwrap().success()
    };
    for path in ["target/x", "out/x", ".env", ".env.local", "key.pem", "a/server.log", ".DS_Store"]
    {
        assert!(is_ignored(path), "{path}");
    }
    for path in [".env.example", "Cargo.lock", "app/route.rs", "public/index.html"] {
        assert!(!is_ignored(path), "{path}");
    }
}

#[test]
fn cn_22_the_readme_says_how_to_run_and_where_to_edit() {
    let dir = temp_dir();
    bff_ok(dir.path(), &["new", "my-api", "--src-dir"]);
    let text = read(dir.path().join("my-api/README.md"));
    for part in
        ["# my-api\n", "cargo run", "cargo test", "`src/app/route.rs`", "http://localhost:3000"]
    {
        assert!(text.contains(part), "`{part}` is missing:\n{text}");
    }
}

#[test]
fn the_sources_are_formatted() {
    let dir = temp_dir();
    bff_ok(dir.path(), &["new", "my-api"]);
    let app = dir.path().join("my-api");
    let sources = tree(&app).into_iter().filter(|path| path.ends_with(".rs"));
    let mut rustfmt = Command::new("rustfmt");
    let rustfmt = rustfmt.args(["--check", "--edition=2024"]).args(sources).current_dir(&app);
    let output = rustfmt.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn inside_a_workspace_the_app_is_a_member_or_stands_alone() {
    let dir = temp_dir();
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"services/*\"]\n";
    fs::write(dir.path().join("Cargo.toml"), workspace).unwrap();

    let stderr = bff_ok(dir.path(), &["new", "services/my-api"]);
    let manifest = read(dir.path().join("services/my-api/Cargo.toml"));
    assert!(!manifest.contains("[profile") && !manifest.contains("[workspace]"), "{manifest}");
    assert!(!stderr.contains("Note"), "{stderr}");

    let stderr = bff_ok(dir.path(), &["new", "elsewhere/my-api"]);
    let manifest = read(dir.path().join("elsewhere/my-api/Cargo.toml"));
    assert!(manifest.contains("[profile") && manifest.contains("\n[workspace]\n"), "{manifest}");
    assert!(stderr.contains("does not list this app as a member"), "{stderr}");
}
