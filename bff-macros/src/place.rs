//! Where a macro call stands. The only file that asks the environment.

use std::{
    env, fs,
    path::{Component, Path, PathBuf},
};

use bff_tree::{
    AppFolder, MetadataCode, MetadataName, RouteFile, RouteKind, RoutePattern, Segment, api_names,
    pages_index,
};

use crate::input::AppInput;

/// Where an app is, seen from its `app!` call.
pub(crate) struct AppPlace {
    pub(crate) folder: AppFolder,
    /// The folder of the file that calls `app!`; `None` when the compiler does not tell.
    caller: Option<PathBuf>,
    /// True when the package that is compiled has no build script, so that new files go unnoticed.
    pub(crate) lacks_build_script: bool,
}

impl AppPlace {
    /// The path of a route file for `#[path = "…"]`: relative to the calling file, because an absolute path
    /// would end up in panic messages and make builds differ from machine to machine.
    pub(crate) fn module_path(&self, file: &str) -> String {
        let file = self.folder.package.join(file);
        let path = match &self.caller {
            Some(caller) => relative(caller, &file),
            None => file,
        };
        path.to_string_lossy().replace('\\', "/")
    }

    /// The path of a file or folder on this machine, for what never leaves it.
    pub(crate) fn absolute_path(&self, path: &str) -> String {
        self.folder.package.join(path).to_string_lossy().into_owned()
    }

    #[cfg(test)]
    pub(crate) fn for_test(package: &str, caller: &str) -> Self {
        let folder = AppFolder { package: package.into(), app: None };
        Self { folder, caller: Some(caller.into()), lacks_build_script: false }
    }

    /// How many folders from the package to `app`, the app folder, would be URL segments if they were below it.
    pub(crate) fn segments_above(&self, app: &str) -> usize {
        pattern(&folders_in_package(&normalize(&self.folder.package.join(app)))).segments().len()
    }
}

/// Finds the app folder of an `app!` call, or tells which folders were tried.
///
/// Tried in this order: the package that is compiled, the folder of the calling file, the package that the
/// calling file belongs to. The last two matter when a file is compiled as a part of another package, as UI
/// tests do. `pages/api` makes an app as well, but only where nothing has an app folder: other programs have such
/// folders too.
pub(crate) fn of_app(input: &AppInput) -> Result<AppPlace, Vec<String>> {
    let caller = calling_file(proc_macro2::Span::call_site())
        .and_then(|file| Some(file.parent()?.to_owned()));
    let manifest = manifest_dir();
    let own_package = caller.as_deref().and_then(package_of);
    let bases: Vec<PathBuf> =
        [manifest.clone(), caller.clone(), own_package.clone()].into_iter().flatten().collect();
    let is_app: [fn(&Path) -> bool; 2] = [Path::is_dir, has_pages_beside];

    let mut tried = Vec::new();
    for (is_app, base) in
        is_app.iter().flat_map(|is_app| bases.iter().map(move |base| (is_app, base.clone())))
    {
        let candidates = match &input.dir {
            Some(dir) => vec![base.join(dir.value())],
            None => vec![base.join("app"), base.join("src/app")],
        };
        if candidates.iter().any(|candidate| is_app(candidate)) {
            let folder = match &input.dir {
                Some(dir) => AppFolder { package: base, app: Some(tidy(&dir.value())) },
                None => AppFolder { package: base, app: None },
            };
            let lacks_build_script =
                own_package.is_some() && own_package == manifest && env_var("OUT_DIR").is_none();
            return Ok(AppPlace { folder, caller, lacks_build_script });
        }
        for candidate in candidates {
            // Relative, as the reader knows it; `src/src/app` and what is elsewhere would only distract.
            if let Some(package) = &own_package
                && let Ok(inside) = candidate.strip_prefix(package)
                && !inside.starts_with("src/src")
            {
                tried.push(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    tried.sort();
    tried.dedup();
    Err(tried)
}

/// True when `pages/api` is beside this folder, which need not exist itself.
fn has_pages_beside(app: &Path) -> bool {
    let pages = app.parent().unwrap_or(app).join("pages");
    pages.join("api").is_dir() || pages.join("api.rs").is_file()
}

/// What the file of a handler says about its URL.
pub(crate) enum HandlerPlace {
    /// It is a route file, or one below `pages/api`.
    Route {
        /// Which of the two.
        kind: RouteKind,
        /// Its pattern, as far as the app folder can be guessed; its params are certain.
        pattern: RoutePattern,
        /// How many URL segments lie between the package and what the pattern begins with.
        skipped: usize,
    },
    /// It stands inside another item of a route file.
    Nested,
    /// It has another name.
    Elsewhere(String),
    /// The compiler does not tell; only editors do that.
    Unknown,
}

/// The route that a handler attribute stands in.
///
/// Which folder is the app's is known to `app!` alone. Params come from bracketed folders only, and their indices
/// are counted from the package: `app!` emits how many of them are [above the app](AppPlace::segments_above).
///
/// `api` tells whether the attribute is `#[api]`: a file `route.rs` can be a file of either kind.
pub(crate) fn of_handler(span: proc_macro2::Span, api: bool) -> HandlerPlace {
    let Some(file) = calling_file(span) else { return HandlerPlace::Unknown };
    if (api || file.file_name().is_none_or(|name| name != "route.rs"))
        && let Some(place) = of_api_file(&file)
    {
        return if is_nested(span, &file) { HandlerPlace::Nested } else { place };
    }
    if file.file_name().is_none_or(|name| name != "route.rs") {
        return HandlerPlace::Elsewhere(
            file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        );
    }
    if is_nested(span, &file) {
        return HandlerPlace::Nested;
    }
    let Some((pattern, skipped)) = file.parent().map(of_folder) else {
        return HandlerPlace::Unknown;
    };
    HandlerPlace::Route { kind: RouteKind::App, pattern, skipped }
}

/// The pattern of a folder, as far as the app folder can be guessed, and how many URL segments are above it.
fn of_folder(folder: &Path) -> (RoutePattern, usize) {
    let names = folders_in_package(folder);
    let from = names.iter().position(|name| name == "app").map_or(0, |position| position + 1);
    let from = if pattern(&names[..from]).params().next().is_some() { 0 } else { from };
    (pattern(&names[from..]), pattern(&names[..from]).segments().len())
}

/// What the file of a metadata function says about its URL.
pub(crate) enum MetadataPlace {
    /// It is one.
    File(MetadataFilePlace),
    /// The function stands inside another item.
    Nested,
    /// It has another name.
    Elsewhere(String),
    /// The compiler does not tell; only editors do that.
    Unknown,
}

/// A metadata file that is code.
pub(crate) struct MetadataFilePlace {
    /// Its name.
    pub(crate) file: String,
    /// What the name says.
    pub(crate) name: MetadataName,
    /// The pattern of its folder, as that of a [handler](of_handler).
    pub(crate) folder: RoutePattern,
    /// How many URL segments lie between the package and what the pattern begins with.
    pub(crate) skipped: usize,
    /// The function in it that lists ids.
    pub(crate) list: Option<String>,
}

/// The file that the attribute of a metadata function stands in.
#[expect(clippy::disallowed_methods, reason = "this file asks the environment")]
pub(crate) fn of_metadata(span: proc_macro2::Span) -> MetadataPlace {
    let Some(path) = calling_file(span) else { return MetadataPlace::Unknown };
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Some(name) = MetadataName::of(&file).filter(|name| name.extension.is_none()) else {
        return MetadataPlace::Elsewhere(file);
    };
    if is_nested(span, &path) {
        return MetadataPlace::Nested;
    }
    let Some((folder, skipped)) = path.parent().map(of_folder) else {
        return MetadataPlace::Unknown;
    };
    let text = fs::read_to_string(&path).unwrap_or_default();
    let list = MetadataCode::list_in(&text, name.kind);
    MetadataPlace::File(MetadataFilePlace { file, name, folder, skipped, list })
}

/// The name and the text of the file that an attribute stands in; `None` when the compiler does not tell.
#[expect(clippy::disallowed_methods, reason = "this file asks the environment")]
pub(crate) fn file_and_text(span: proc_macro2::Span) -> Option<(String, String)> {
    let file = calling_file(span)?;
    let name = file.file_name()?.to_string_lossy().into_owned();
    // What cannot be read has nothing in it, and whoever needs something hears of it.
    Some((name, fs::read_to_string(&file).unwrap_or_default()))
}

/// True when a macro is called behind this line and column.
pub(crate) fn is_after(span: proc_macro2::Span, place: Option<(usize, usize)>) -> bool {
    let span = span.unwrap();
    place.is_some_and(|place| place < (span.line(), span.column()))
}

/// The place of a file that is below `pages/api`.
fn of_api_file(file: &Path) -> Option<HandlerPlace> {
    let names = folders_in_package(file);
    let from = pages_index(&names)? + 1;
    let inside = names[from..].join("/");
    let inside: Vec<String> = api_names(&inside).into_iter().map(str::to_owned).collect();
    Some(HandlerPlace::Route {
        kind: RouteKind::Pages,
        pattern: pattern(&inside),
        skipped: pattern(&names[..from]).segments().len(),
    })
}

/// The pattern of folders. A name with a mistake is left out; `app!` reports it.
fn pattern(folders: &[String]) -> RoutePattern {
    let segments: Vec<Segment> =
        folders.iter().filter_map(|name| Segment::parse(name).ok()).collect();
    RoutePattern::new(&segments)
}

/// True when `app!` is called inside a function or an inline module: there rustc or rust-analyzer would look for the
/// route files in other folders.
#[expect(clippy::disallowed_methods, reason = "this file asks the environment")]
pub(crate) fn is_call_nested() -> bool {
    let span = proc_macro2::Span::call_site();
    let place = span.unwrap();
    place.column() > 1
        && calling_file(span)
            .and_then(|file| fs::read_to_string(file).ok())
            .is_some_and(|text| RouteFile::is_call_nested(&text, place.line(), place.column()))
}

/// The file is asked only when the attribute is indented, as in formatted code only nested ones are. `app!` reports
/// the others.
#[expect(clippy::disallowed_methods, reason = "this file asks the environment")]
fn is_nested(span: proc_macro2::Span, file: &Path) -> bool {
    let span = span.unwrap();
    span.column() > 1
        && fs::read_to_string(file)
            .is_ok_and(|text| RouteFile::is_nested(&text, span.line(), span.column()))
}

/// The absolute path of the file that a span points into.
#[expect(clippy::disallowed_methods, reason = "this file asks the environment")]
fn calling_file(span: proc_macro2::Span) -> Option<PathBuf> {
    let file = span.unwrap().local_file().filter(|file| !file.as_os_str().is_empty())?;
    let file = if file.is_absolute() { file } else { env::current_dir().ok()?.join(file) };
    Some(normalize(&file))
}

fn manifest_dir() -> Option<PathBuf> {
    env_var("CARGO_MANIFEST_DIR").map(|dir| normalize(Path::new(&dir)))
}

#[expect(clippy::disallowed_methods, reason = "this file asks the environment")]
fn env_var(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// The nearest folder above that has a `Cargo.toml`.
fn package_of(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join("Cargo.toml").is_file()).map(Path::to_owned)
}

/// The names of the folders from the nearest package down to this one.
fn folders_in_package(folder: &Path) -> Vec<String> {
    let package = package_of(folder);
    let inside =
        package.as_deref().and_then(|package| folder.strip_prefix(package).ok()).unwrap_or(folder);
    inside.iter().map(|name| name.to_string_lossy().into_owned()).collect()
}

/// Removes `.` and resolves `..` without asking the disk.
fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

fn tidy(dir: &str) -> String {
    normalize(Path::new(dir)).to_string_lossy().replace('\\', "/")
}

/// The way from a folder to a file.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    // On different drives there is no way.
    if common == 0 {
        return to.to_owned();
    }
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}
