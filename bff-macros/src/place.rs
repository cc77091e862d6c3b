//! Where a macro call stands. The only file that asks the environment.

use std::{
    env,
    path::{Component, Path, PathBuf},
};

use bff_tree::{AppFolder, RoutePattern, Segment};

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
}

/// Finds the app folder of an `app!` call, or tells which folders were tried.
///
/// Tried in this order: the package that is compiled, the folder of the calling file, the package that the
/// calling file belongs to. The last two matter when a file is compiled as a part of another package, as UI
/// tests do.
pub(crate) fn of_app(input: &AppInput) -> Result<AppPlace, Vec<PathBuf>> {
    let caller = calling_file(proc_macro2::Span::call_site()).and_then(|file| Some(file.parent()?.to_owned()));
    let manifest = manifest_dir();
    let own_package = caller.as_deref().and_then(package_of);
    let bases = [manifest.clone(), caller.clone(), own_package.clone()].into_iter().flatten();

    let mut tried = Vec::new();
    for base in bases {
        let candidates = match &input.dir {
            Some(dir) => vec![base.join(dir.value())],
            None => vec![base.join("app"), base.join("src/app")],
        };
        if let Some(found) = candidates.iter().find(|candidate| candidate.is_dir()) {
            let folder = match &input.dir {
                Some(dir) if Path::new(&dir.value()).is_absolute() => split(found),
                Some(dir) => AppFolder { package: base, app: Some(tidy(&dir.value())) },
                None => AppFolder { package: base, app: None },
            };
            let lacks_build_script = own_package.is_some() && own_package == manifest && env_var("OUT_DIR").is_none();
            return Ok(AppPlace { folder, caller, lacks_build_script });
        }
        for candidate in candidates {
            if !tried.contains(&candidate) {
                tried.push(candidate);
            }
        }
    }
    Err(tried)
}

/// What the file of a handler says about its URL.
pub(crate) enum HandlerPlace {
    /// It is a route file of this pattern.
    Route(RoutePattern),
    /// It has another name.
    Elsewhere(String),
    /// The compiler does not tell; only editors do that.
    Unknown,
}

/// The route that a handler attribute stands in.
///
/// Params come from bracketed folders only, and no folder above the package is one of the app's, so the app
/// folder itself need not be known.
pub(crate) fn of_handler(span: proc_macro2::Span) -> HandlerPlace {
    let Some(file) = calling_file(span) else { return HandlerPlace::Unknown };
    if file.file_name().is_none_or(|name| name != "route.rs") {
        return HandlerPlace::Elsewhere(file.file_name().unwrap_or_default().to_string_lossy().into_owned());
    }
    let Some(folder) = file.parent() else { return HandlerPlace::Unknown };
    let package = package_of(folder);
    let inside = package.as_deref().and_then(|package| folder.strip_prefix(package).ok()).unwrap_or(folder);
    let names: Vec<String> = inside.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    // The app folder is the nearest one of that name; its own parents are no part of the URL.
    let from = names.iter().rposition(|name| name == "app").map_or(0, |position| position + 1);
    let from = if has_params(&names[..from]) { 0 } else { from };
    // A folder name with a mistake is reported by `app!`.
    let segments: Vec<Segment> = names[from..].iter().filter_map(|name| Segment::parse(name).ok()).collect();
    HandlerPlace::Route(RoutePattern::new(&segments))
}

/// True when a folder named `app` further down is itself a part of the URL, as in `app/[org]/app/route.rs`.
fn has_params(folders: &[String]) -> bool {
    folders.iter().any(|name| Segment::parse(name).is_ok_and(|segment| segment.param().is_some()))
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

fn split(app: &Path) -> AppFolder {
    AppFolder {
        package: app.parent().unwrap_or(app).to_owned(),
        app: app.file_name().map(|name| name.to_string_lossy().into_owned()),
    }
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
