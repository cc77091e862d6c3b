//! The files of a new app, and how they become its text.
//!
//! Templates are real files below `templates/`. In their text `{{name}}` stands for a value, and the
//! lines from `{{if …}}` to `{{end}}` are there only if the condition holds. In their file names `.tmpl`
//! at the end is dropped: cargo and git would act on the bare name.

use crate::scaffold::workspace::Standing;

/// The file that makes the folder a package.
pub(crate) const MANIFEST: &str = "Cargo.toml";
/// The file that is extended where others would be kept.
pub(crate) const GITIGNORE: &str = ".gitignore";

/// One file as it lies in this repository.
struct Template {
    path: &'static str,
    text: &'static str,
}

/// Names each path once, so that a file and its text cannot drift apart.
macro_rules! templates {
    ($($path:literal),* $(,)?) => {
        &[$(Template { path: $path, text: include_str!(concat!("../../templates/api/", $path)) }),*]
    };
}

/// The one template: an API.
const API: &[Template] = templates![
    ".env.example",
    ".gitignore.tmpl",
    "Cargo.toml.tmpl",
    "README.md.tmpl",
    "app/[slug]/route.rs",
    "app/route.rs",
    "build.rs",
    "src/main.rs",
    "src/tests.rs",
];

/// What differs from app to app.
#[derive(Debug)]
pub(crate) struct Values<'a> {
    /// The package's name.
    pub(crate) name: &'a str,
    /// The manifest line for the runtime.
    pub(crate) dependency: String,
    /// `app` goes below `src`.
    pub(crate) src_dir: bool,
    /// The app's place among other packages.
    pub(crate) standing: Standing,
}

impl Values<'_> {
    /// Where the routes are.
    fn app_folder(&self) -> &'static str {
        if self.src_dir { "src/app" } else { "app" }
    }

    /// What `{{if …}}` asks.
    fn holds(&self, condition: &str) -> bool {
        match condition {
            // Only the root of a workspace may set profiles; cargo warns about all others.
            "root" => self.standing != Standing::Member,
            "outsider" => matches!(self.standing, Standing::Outsider(_)),
            _ => false,
        }
    }
}

/// One file of the new app.
#[derive(Debug)]
pub(crate) struct File {
    /// Relative to the app, with `/`.
    pub(crate) path: String,
    /// Everything in it.
    pub(crate) text: String,
}

/// All files of the app that `values` describe.
pub(crate) fn render(values: &Values<'_>) -> Vec<File> {
    let file = |template: &Template| File {
        path: path(template.path, values),
        text: text(template.text, values),
    };
    API.iter().map(file).collect()
}

/// Where a template goes.
fn path(path: &str, values: &Values<'_>) -> String {
    let path = path.strip_suffix(".tmpl").unwrap_or(path);
    match path.strip_prefix("app/") {
        Some(rest) => format!("{}/{rest}", values.app_folder()),
        None => path.to_owned(),
    }
}

/// What a template says.
fn text(template: &str, values: &Values<'_>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut is_wanted = true;
    for line in template.split_inclusive('\n') {
        let condition = line.trim().strip_prefix("{{if ").and_then(|line| line.strip_suffix("}}"));
        if let Some(condition) = condition {
            is_wanted = values.holds(condition);
        } else if line.trim() == "{{end}}" {
            is_wanted = true;
        } else if is_wanted {
            text.push_str(line);
        }
    }
    text.replace("{{name}}", values.name)
        .replace("{{dependency}}", &values.dependency)
        .replace("{{app}}", values.app_folder())
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    fn rendered(src_dir: bool, standing: Standing) -> Vec<File> {
        render(&Values { name: "my-api", dependency: "bff = \"1\"".to_owned(), src_dir, standing })
    }

    #[track_caller]
    fn manifest(standing: Standing) -> String {
        let file = rendered(false, standing).into_iter().find(|file| file.path == MANIFEST);
        file.unwrap().text
    }

    #[test]
    fn cn_20_the_tree_is_a_root_route_and_a_dynamic_one() {
        for (src_dir, app) in [(false, "app"), (true, "src/app")] {
            let paths: Vec<_> =
                rendered(src_dir, Standing::Alone).into_iter().map(|file| file.path).collect();
            let routes = [format!("{app}/[slug]/route.rs"), format!("{app}/route.rs")];
            assert_eq!(paths[..4], [".env.example", GITIGNORE, MANIFEST, "README.md"]);
            assert_eq!(paths[4..6], routes);
            assert_eq!(paths[6..], ["build.rs", "src/main.rs", "src/tests.rs"]);
        }
    }

    #[test]
    fn cn_21_the_manifest_has_the_name_and_is_not_for_publishing() {
        let text = manifest(Standing::Alone);
        let head = "[package]\nname = \"my-api\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n";
        assert!(text.starts_with(head), "{text}");
        assert!(text.contains("\nbff = \"1\"\n"), "{text}");
    }

    #[test]
    fn the_manifest_fits_its_place_among_other_packages() {
        for (standing, profiles, workspace) in [
            (Standing::Alone, true, false),
            (Standing::Member, false, false),
            (Standing::Outsider(PathBuf::from("/x")), true, true),
        ] {
            let text = manifest(standing);
            assert_eq!(text.contains("\n[profile.dev]\n"), profiles, "{text}");
            assert_eq!(text.contains("\n[workspace]\n"), workspace, "{text}");
        }
    }

    #[test]
    fn no_placeholder_is_left() {
        for standing in [Standing::Alone, Standing::Member, Standing::Outsider(PathBuf::new())] {
            for file in rendered(true, standing) {
                assert!(!file.text.contains("{{"), "{}: {}", file.path, file.text);
                assert!(file.text.ends_with('\n') && !file.text.ends_with("\n\n"), "{}", file.path);
            }
        }
    }

    #[test]
    fn the_table_lists_every_template_file() {
        fn collect(folder: &Path, prefix: &str, paths: &mut Vec<String>) {
            for entry in folder.read_dir().unwrap() {
                let entry = entry.unwrap();
                let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
                if entry.path().is_dir() {
                    collect(&entry.path(), &format!("{path}/"), paths);
                } else {
                    paths.push(path);
                }
            }
        }
        let mut on_disk = Vec::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/api"), "", &mut on_disk);
        on_disk.sort();
        assert_eq!(on_disk, API.iter().map(|template| template.path).collect::<Vec<_>>());
    }
}
