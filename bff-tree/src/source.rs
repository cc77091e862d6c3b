use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use walkdir::{DirEntry, WalkDir};

use crate::{
    Proxy,
    config::{self, FILE, NEAR_MISSES, is_config},
    instrumentation_file,
    metadata::{ALT, ImageFile, MetadataKind, MetadataName},
    pages::{self, PAGES},
    public,
};

/// The files that an app consists of, sorted by path: everything that [`check`](crate::check) looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceTree {
    /// The app folder relative to the package, `app` or `src/app`; `None` when there is none.
    pub app: Option<String>,
    /// A second app folder, which must not be.
    pub second_app: Option<String>,
    /// The folder of `api`, relative to the package: `pages` beside the app folder, when it has an `api`.
    pub pages: Option<String>,
    /// Files below the app folder and below `pages/api`, and those beside it that have a meaning. Sorted.
    pub files: Vec<SourceFile>,
    /// The folder of files that are served as they are, relative to the package; `None` when there is none.
    pub public_folder: Option<String>,
    /// Paths below it that are served, relative to it. Sorted.
    pub public: Vec<String>,
    /// Those of them that are compressed forms of a file that has changed since. Sorted.
    pub stale: Vec<String>,
    /// Links in it that lead out of it, relative to it. Sorted.
    pub public_links: Vec<String>,
    /// What is known of the images among the metadata files.
    pub images: Vec<ImageFile>,
    /// Paths that could not be read, with the reason.
    pub unreadable: Vec<(String, String)>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to the package, with `/` between folders.
    pub path: String,
    /// The content, when it has a meaning for the tree.
    pub text: Option<String>,
}

/// Where an app folder is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppFolder {
    /// The folder that holds it and that all paths are relative to.
    pub package: PathBuf,
    /// The app folder relative to that; `None` to look for `app` and `src/app`.
    pub app: Option<String>,
}

/// Where the app folder is when it is not named.
const APPS: [&str; 2] = ["app", "src/app"];

/// Files beside the app folder that are not ordinary Rust modules.
const BESIDE_APP: [&str; 13] = [
    "proxy.rs",
    "src/proxy.rs",
    "middleware.rs",
    "Proxy.rs",
    "proxy.ts",
    "proxy.js",
    "middleware.ts",
    FILE,
    "instrumentation.rs",
    "src/instrumentation.rs",
    "Instrumentation.rs",
    "instrumentation.ts",
    "instrumentation.js",
];

impl SourceTree {
    /// Reads an app folder. What cannot be read is noted in `unreadable` and becomes a diagnostic.
    pub fn from_dir(folder: &AppFolder) -> Self {
        let mut tree = Self::default();
        let candidates = match &folder.app {
            Some(app) => vec![app.clone()],
            None => APPS.map(str::to_owned).to_vec(),
        };
        tree.find_folders(
            candidates,
            |path| folder.package.join(path).is_dir(),
            |path| folder.package.join(path).is_file(),
        );

        if let Some(app) = tree.app.clone() {
            let found = |tree: &mut Self, path: String| {
                // Folders that the app folder is in are no part of its URLs, whatever their names.
                let below = &path[app.len()..];
                if is_metadata_image(below) {
                    tree.read_image(&folder.package, &path);
                }
                let text = has_meaning(below).then(|| tree.read(&folder.package, &path)).flatten();
                tree.files.push(SourceFile { path, text });
            };
            tree.walk(&folder.package, &app, |_| true, found);
        }
        tree.read_pages(&folder.package);
        for path in tree.beside_app() {
            // macOS and Windows find `proxy.rs` under `Proxy.rs` too; the name on disk decides.
            let file = folder.package.join(&path);
            if file.is_file() && name_on_disk(&file) {
                let is_read = is_proxy(&path) || is_instrumentation(&path) || is_config(&path);
                let text = is_read.then(|| tree.read(&folder.package, &path)).flatten();
                tree.files.push(SourceFile { path, text });
            }
        }
        // The one beside `Cargo.toml` belongs to the app that stands there, when one does.
        let is_of_another = tree.config_file().is_some_and(|path| path != FILE)
            && APPS.iter().any(|app| folder.package.join(app).is_dir());
        if is_of_another {
            tree.files.retain(|file| file.path != FILE);
        }
        tree.read_public(&folder.package);
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        tree
    }

    /// The path of `bff.toml`, when there is one: beside the app folder, or else in the package.
    pub fn config_file(&self) -> Option<&str> {
        config::file_of(self)
    }

    /// Reads a tree from one text: `//- path` lines, each followed by that file's content.
    pub fn from_fixture(fixture: &str) -> Self {
        let mut tree = Self::default();
        let mut public = Vec::new();
        for part in fixture.split("//- ").skip(1) {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            let path = path.trim();
            if let Some(file) = path.strip_prefix("public/") {
                public.push(file.to_owned());
                continue;
            }
            let meaning = has_meaning(path)
                || is_proxy(path)
                || is_config(path)
                || is_instrumentation(path)
                || PAGES.iter().any(|pages| is_api_module(path, pages));
            let content = meaning.then(|| text.to_owned());
            if is_metadata_image(path) {
                // Each character stands for one byte.
                let bytes: Vec<u8> =
                    text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
                tree.images.push(ImageFile::of(path.to_owned(), &bytes));
            }
            tree.files.push(SourceFile { path: path.to_owned(), text: content });
        }
        let files = std::mem::take(&mut tree.files);
        tree.find_folders(
            APPS.map(str::to_owned).to_vec(),
            |path| files.iter().any(|file| is_below(&file.path, path)),
            |path| files.iter().any(|file| file.path == path),
        );
        // As on disk, where nothing else is looked at.
        let beside = tree.beside_app();
        let is_looked_at = |path: &str| {
            let pages = tree.pages.as_deref();
            tree.app.as_deref().is_some_and(|app| is_below(path, app))
                || pages.is_some_and(|pages| pages::api_path(path, pages).is_some())
                || PAGES.iter().any(|pages| is_api_module(path, pages))
                || beside.iter().any(|beside| beside == path)
        };
        tree.files = files.into_iter().filter(|file| is_looked_at(&file.path)).collect();
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        tree.public_folder = (!public.is_empty()).then(|| "public".to_owned());
        tree.public = public.into_iter().filter(|file| public::is_served(file)).collect();
        tree.public.sort();
        tree
    }

    /// The files beside the app folder that are looked at, if they are there.
    fn beside_app(&self) -> Vec<String> {
        let mut paths: Vec<String> =
            BESIDE_APP.into_iter().chain(NEAR_MISSES).map(str::to_owned).collect();
        let folder = self.app.as_deref().and_then(|app| Some(app.rsplit_once('/')?.0));
        for name in ["proxy.rs", "middleware.rs", "instrumentation.rs", FILE] {
            // Those in `src` are listed, but for `src/middleware.rs`, a usual name for a module of the program.
            let path =
                folder.filter(|folder| *folder != "src").map(|folder| format!("{folder}/{name}"));
            paths.extend(path);
        }
        paths
    }

    /// Decides which folders are the app's, of those that exist.
    fn find_folders(
        &mut self,
        candidates: Vec<String>,
        is_folder: impl Fn(&str) -> bool,
        is_file: impl Fn(&str) -> bool,
    ) {
        let beside: Vec<String> = candidates.iter().map(|app| pages::beside(app)).collect();
        let mut apps = candidates.into_iter().filter(|app| is_folder(app));
        (self.app, self.second_app) = (apps.next(), apps.next());
        let mut pages = match &self.app {
            Some(app) => vec![pages::beside(app)],
            None => beside,
        };
        pages.retain(|pages| {
            is_folder(&format!("{pages}/api")) || is_file(&format!("{pages}/api.rs"))
        });
        self.pages = pages.into_iter().next();
    }

    /// Reads the files of `pages/api`. From one that is not beside the app folder only the Rust files are taken, to
    /// see whether they are misplaced; the folder may be the program's own, so nothing else there is looked at.
    fn read_pages(&mut self, package: &Path) {
        let own = self.pages.clone();
        let misplaced = PAGES.into_iter().filter(|&pages| own.as_deref() != Some(pages));
        for (pages, is_own) in
            own.iter().map(|own| (&**own, true)).chain(misplaced.map(|pages| (pages, false)))
        {
            let unreadable = self.unreadable.len();
            let mut found = Vec::new();
            let api = format!("{pages}/api");
            if package.join(&api).is_dir() {
                self.walk(package, &api, |_| true, |_, path| found.push(path));
            }
            let file = format!("{pages}/api.rs");
            if package.join(&file).is_file() {
                found.push(file);
            }
            for path in found {
                let is_module = is_api_module(&path, pages);
                if is_module || is_own {
                    let text = is_module.then(|| self.read(package, &path)).flatten();
                    self.files.push(SourceFile { path, text });
                }
            }
            if !is_own {
                self.unreadable.truncate(unreadable);
            }
        }
    }

    /// Lists what is served as it is. A link out of the folder is noted and not followed: what lies elsewhere was
    /// not put there for everybody to see.
    #[expect(clippy::disallowed_methods, reason = "this is the one file that reads the disk")]
    fn read_public(&mut self, package: &Path) {
        let path = public::place(self.app.as_deref(), self.pages.as_deref());
        let folder = package.join(&path);
        if !folder.is_dir() {
            return;
        }
        let mut links = Vec::new();
        let below = |path: &Path| slashed(inside(&folder, path)).unwrap_or_default();
        let enter = |entry: &DirEntry| {
            let name = below(entry.path());
            if name.is_empty() || name == ".well-known" {
                return true;
            }
            let leads_out = entry.path_is_symlink()
                && entry.path().canonicalize().is_ok_and(|real| {
                    folder.canonicalize().is_ok_and(|folder| !real.starts_with(folder))
                });
            if leads_out {
                links.push(name.clone());
            }
            !leads_out && public::is_served(&name)
        };
        self.walk(package, &path, enter, |tree, file| {
            tree.public.push(file[path.len() + 1..].to_owned());
        });
        self.public.sort();
        links.sort();
        let modified =
            |file: &str| fs::metadata(folder.join(file)).and_then(|file| file.modified());
        let is_stale = |file: &&String| {
            let original = public::original(file).map(modified);
            matches!((original, modified(file)), (Some(Ok(original)), Ok(own)) if own < original)
        };
        self.stale = self.public.iter().filter(is_stale).cloned().collect();
        self.public_links = links;
        self.public_folder = Some(path);
    }

    fn walk(
        &mut self,
        package: &Path,
        folder: &str,
        enter: impl FnMut(&DirEntry) -> bool,
        mut visit: impl FnMut(&mut Self, String),
    ) {
        // Links are followed, as cargo and the reference do; walkdir reports a loop as an error.
        let entries = WalkDir::new(package.join(folder)).follow_links(true).sort_by_file_name();
        for entry in entries.into_iter().filter_entry(enter) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                // To open a pipe is to wait for its writer, which would be for ever.
                Ok(entry) if !entry.file_type().is_file() => {
                    let path = inside(package, entry.path()).display().to_string();
                    self.unreadable.push((path, "it is not an ordinary file".to_owned()));
                }
                Ok(entry) => match slashed(inside(package, entry.path())) {
                    Some(path) => visit(self, path),
                    None => {
                        let path = inside(package, entry.path()).display().to_string();
                        self.unreadable.push((path, "its name is not UTF-8".to_owned()));
                    }
                },
                Err(error) if error.path().is_some_and(is_editor_lock) => {}
                Err(error) => {
                    let path = error.path().map_or_else(
                        || folder.to_owned(),
                        |path| inside(package, path).display().to_string(),
                    );
                    self.unreadable.push((path, reason(&error)));
                }
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one file that reads the disk")]
    fn read_image(&mut self, package: &Path, path: &str) {
        match fs::read(package.join(path)) {
            Ok(bytes) => self.images.push(ImageFile::of(path.to_owned(), &bytes)),
            Err(error) => self.unreadable.push((path.to_owned(), io_reason(&error))),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one file that reads the disk")]
    fn read(&mut self, package: &Path, path: &str) -> Option<String> {
        match fs::read_to_string(package.join(path)) {
            Ok(text) => Some(text),
            Err(error) => {
                self.unreadable.push((path.to_owned(), io_reason(&error)));
                None
            }
        }
    }
}

/// The path relative to the package.
fn inside<'a>(package: &Path, path: &'a Path) -> &'a Path {
    path.strip_prefix(package).unwrap_or(path)
}

/// Why an entry cannot be read, without its path.
fn reason(error: &walkdir::Error) -> String {
    match error.io_error() {
        Some(error) => io_reason(error),
        None => "it is a link to a folder above it".to_owned(),
    }
}

/// The system's own reason, unless the one that it has says less than we know.
fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        // What was listed a moment ago and is not there.
        ErrorKind::NotFound => "it is a link that leads nowhere".to_owned(),
        ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        _ => error.to_string(),
    }
}

/// Emacs marks a file that is being edited by a link `.#route.rs` that leads nowhere.
fn is_editor_lock(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".#"))
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// True for the Rust files of `pages/api`, whose content matters as that of route files does.
fn is_api_module(path: &str, pages: &str) -> bool {
    path.ends_with(".rs") && pages::api_path(path, pages).is_some()
}

/// Of the app folder, only the content of route files matters to the tree, that of metadata functions and the texts of
/// images.
fn has_meaning(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_code = || MetadataName::of(name).is_some_and(|name| name.extension.is_none());
    name == "route.rs" || !is_private(path) && (name.ends_with(ALT) || is_code())
}

/// True for an icon or a social image of the app folder.
fn is_metadata_image(path: &str) -> bool {
    let name = path.rsplit('/').next().and_then(MetadataName::of);
    let is_image = |kind: MetadataKind| kind.is_image() || kind == MetadataKind::Favicon;
    name.is_some_and(|name| name.extension.is_some() && is_image(name.kind)) && !is_private(path)
}

/// True below a folder of helpers.
fn is_private(path: &str) -> bool {
    path.split('/').any(|name| name.starts_with('_'))
}

/// True for files whose content matters when they stand beside the app folder.
fn is_proxy(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(Proxy::is_file_name)
}

/// The same, of the file that starts with the app.
fn is_instrumentation(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(instrumentation_file::is_meant)
}

fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

fn name_on_disk(path: &Path) -> bool {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => WalkDir::new(parent)
            .min_depth(1)
            .max_depth(1)
            .into_iter()
            .flatten()
            .any(|entry| entry.file_name() == name),
        _ => false,
    }
}
