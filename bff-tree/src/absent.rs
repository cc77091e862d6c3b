use crate::{SourceTree, config::FILE, public};

impl SourceTree {
    /// What an app may have beside its app folder and this one has not, relative to the package.
    ///
    /// Cargo builds anew when a file that was read changes; of one that comes later nothing tells it.
    pub fn absent(&self) -> Vec<String> {
        let folder = self.app.as_deref().or(self.pages.as_deref());
        let folder = folder.and_then(|folder| Some(folder.rsplit_once('/')?.0));
        let beside = |folder: Option<&str>, name: &str| {
            folder.map_or_else(|| name.to_owned(), |folder| format!("{folder}/{name}"))
        };
        let is_there = |path: &String| self.files.iter().any(|file| file.path == *path);
        let mut absent: Vec<String> =
            ["proxy.rs", "instrumentation.rs"].map(|name| beside(folder, name)).to_vec();
        absent.retain(|path| !is_there(path));
        if self.config_file().is_none() {
            let own = folder.filter(|folder| *folder != "src");
            absent.extend(own.map(|folder| beside(Some(folder), FILE)));
            absent.push(FILE.to_owned());
        }
        if self.public_folder.is_none() {
            absent.push(public::place(self.app.as_deref(), self.pages.as_deref()));
        }
        absent
    }
}

#[cfg(test)]
mod tests {
    use crate::{SourceFile, SourceTree};

    #[test]
    fn what_is_not_there_is_missed_where_it_would_be_read() {
        let cases: &[(SourceTree, &[&str])] = &[
            (app("app", &[]), &["proxy.rs", "instrumentation.rs", "bff.toml", "public"]),
            (
                app("src/app", &["proxy.rs"]),
                &["src/proxy.rs", "src/instrumentation.rs", "bff.toml", "public"],
            ),
            (
                app("web/app", &["web/proxy.rs"]),
                &["web/instrumentation.rs", "web/bff.toml", "bff.toml", "web/public"],
            ),
            (
                app("web/app", &["web/proxy.rs", "web/instrumentation.rs", "bff.toml"]),
                &["web/public"],
            ),
            (
                SourceTree { pages: Some("src/pages".to_owned()), ..SourceTree::default() },
                &["src/proxy.rs", "src/instrumentation.rs", "bff.toml", "public"],
            ),
            (
                SourceTree {
                    public_folder: Some("public".to_owned()),
                    ..app("app", &["bff.toml"])
                },
                &["proxy.rs", "instrumentation.rs"],
            ),
        ];
        for (source, expected) in cases {
            assert_eq!(source.absent(), *expected, "{source:?}");
        }
    }

    fn app(app: &str, files: &[&str]) -> SourceTree {
        let file = |path: &&str| SourceFile { path: (*path).to_owned(), text: None };
        let files = files.iter().map(file).collect();
        SourceTree { app: Some(app.to_owned()), files, ..SourceTree::default() }
    }
}
