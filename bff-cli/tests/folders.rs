//! Which folders become apps, and what happens to what is in them.

use std::fs;

use crate::{bff, bff_ok, read, temp_dir, tree};

#[test]
fn cn_10_a_bad_name_is_refused_with_all_its_problems_and_a_suggestion() {
    let dir = temp_dir();
    let output = bff(dir.path(), &["new", "1 app!"]);
    assert_eq!(output.code, 1);
    assert_eq!(
        output.stderr,
        "error: `1 app!` cannot be the name of a package\n  \
         - it may have ASCII letters, digits, `-` and `_` only, and has ` `, `!`\n  \
         - it starts with the digit `1`\n\
         help: try `api-1-app`\n"
    );
    assert_eq!(tree(dir.path()), [""; 0]);
}

#[test]
fn cn_10_a_dot_takes_the_name_of_the_current_folder() {
    let dir = temp_dir();
    let folder = dir.path().join("from-the-folder");
    fs::create_dir(&folder).unwrap();
    let stderr = bff_ok(&folder, &["new", "."]);
    assert!(read(folder.join("Cargo.toml")).contains("name = \"from-the-folder\""));
    assert!(!stderr.contains("cd "), "{stderr}");

    let folder = dir.path().join("not.a.name");
    fs::create_dir(&folder).unwrap();
    let output = bff(&folder, &["new", "."]);
    assert_eq!(output.code, 1);
    assert!(output.stderr.contains("help: try `not-a-name`"), "{}", output.stderr);
}

#[test]
fn cn_11_missing_parents_are_made() {
    let dir = temp_dir();
    bff_ok(dir.path(), &["new", "sub/@scope/my-api", "--no-git"]);
    assert!(dir.path().join("sub/@scope/my-api/Cargo.toml").is_file());
}

#[test]
fn cn_12_a_folder_with_harmless_entries_is_accepted() {
    let dir = temp_dir();
    let app = dir.path().join("my-api");
    for folder in ["docs", ".github/workflows", ".vscode", ".idea"] {
        fs::create_dir_all(app.join(folder)).unwrap();
    }
    fs::write(app.join("LICENSE-MIT"), "free").unwrap();
    let stderr = bff_ok(dir.path(), &["new", "my-api"]);
    assert!(!stderr.contains("Kept"), "{stderr}");
    assert_eq!(read(app.join("LICENSE-MIT")), "free");
}

#[test]
fn cn_12_conflicting_entries_are_listed() {
    let dir = temp_dir();
    let app = dir.path().join("my-api");
    fs::create_dir_all(app.join("src")).unwrap();
    fs::write(app.join("README.md"), "mine").unwrap();
    let output = bff(dir.path(), &["new", "my-api"]);
    assert_eq!(output.code, 1);
    assert!(
        output.stderr.contains("could conflict\n  README.md\n  src/\nhelp: "),
        "{}",
        output.stderr
    );
    assert_eq!(tree(&app), ["README.md", "src/"]);
}

#[test]
fn cn_12_force_keeps_every_existing_file() {
    let dir = temp_dir();
    let app = dir.path().join("my-api");
    fs::create_dir_all(app.join("src")).unwrap();
    for file in ["README.md", "Cargo.toml", "src/main.rs", "unrelated.txt"] {
        fs::write(app.join(file), "mine").unwrap();
    }
    let stderr = bff_ok(dir.path(), &["new", "my-api", "--force", "--no-git"]);
    for file in ["README.md", "Cargo.toml", "src/main.rs"] {
        assert!(stderr.contains(&format!("        Kept {file}, which was there")), "{stderr}");
        assert_eq!(read(app.join(file)), "mine");
    }
    assert!(!stderr.contains("unrelated"), "{stderr}");
    assert!(app.join("app/route.rs").is_file());
}

#[test]
fn cn_13_an_existing_gitignore_is_extended() {
    let dir = temp_dir();
    let app = dir.path().join("my-api");
    fs::create_dir(&app).unwrap();
    fs::write(app.join(".gitignore"), "# my own\n/secret\n/target").unwrap();
    let stderr = bff_ok(dir.path(), &["new", "my-api"]);
    assert!(stderr.contains("    Extended .gitignore "), "{stderr}");
    let text = read(app.join(".gitignore"));
    assert!(
        text.starts_with(
            "# my own\n/secret\n/target\n\n# Added by `bff new`\n/out\n/.bff-export-*\n.env\n"
        ),
        "{text}"
    );
    assert_eq!(text.matches("/target").count(), 1, "{text}");
}

#[test]
fn cn_14_a_file_in_the_way_is_named() {
    let dir = temp_dir();
    fs::write(dir.path().join("my-api"), "mine").unwrap();
    for (args, problem) in [
        (&["new", "my-api"][..], "my-api` exists and is a file\n"),
        (&["new", "my-api", "--force"], "my-api` exists and is a file\n"),
        (&["new", "my-api/below"], "my-api` is a file, not a folder\n"),
    ] {
        let output = bff(dir.path(), args);
        assert_eq!(output.code, 1);
        assert!(output.stderr.contains(problem), "{}", output.stderr);
    }
    assert_eq!(read(dir.path().join("my-api")), "mine");
}

#[test]
fn cn_15_a_failure_half_way_takes_everything_back() {
    let dir = temp_dir();
    let app = dir.path().join("my-api");
    fs::create_dir(&app).unwrap();
    // A file where a folder has to go stops the run after it has written others.
    fs::write(app.join("app"), "mine").unwrap();
    fs::write(app.join(".gitignore"), "/mine").unwrap();
    let output = bff(dir.path(), &["new", "my-api", "--force"]);
    assert_eq!(output.code, 1);
    assert!(output.stderr.starts_with("error: cannot create `"), "{}", output.stderr);
    assert!(output.stderr.contains("everything that this run had made was removed again"));
    assert_eq!(tree(&app), [".gitignore", "app"]);
    assert_eq!(read(app.join(".gitignore")), "/mine");
    assert!(!app.join(".git").exists());
}
