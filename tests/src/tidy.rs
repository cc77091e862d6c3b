use std::{fs, path::Path};

/// Every file or folder that the prose names in backticks with a slash or an extension exists.
fn named_paths_exist(document: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join(document)).unwrap();
    let mut missing = Vec::new();
    for word in text.split('`').skip(1).step_by(2) {
        let is_path = word.starts_with("bff-")
            || ["tests/", "benches/", "examples/", "docs/", ".ci/"]
                .iter()
                .any(|start| word.starts_with(start));
        let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "/._-[]".contains(c));
        if is_path && is_plain && !root.join(word).exists() {
            missing.push(word);
        }
    }
    assert!(missing.is_empty(), "{document} names what does not exist: {missing:?}");
}

#[test]
fn the_map_names_files_that_exist() {
    named_paths_exist("ARCHITECTURE.md");
    named_paths_exist("README.md");
}

#[test]
fn the_readme_has_one_command_to_run_an_example_and_one_to_test() {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md")).unwrap();
    for command in ["cargo run -p hello", "cargo test --workspace"] {
        assert!(readme.contains(command), "the README has no `{command}`");
    }
    let gates =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/run")).unwrap();
    assert!(
        gates.contains("cargo test --workspace"),
        "the gates run another command than the README"
    );
}
