mod beside_app;
mod convention;
mod metadata;

use std::collections::HashSet;

use self::{
    beside_app::beside_app,
    convention::Convention,
    metadata::{metadata_file, metadata_text, near_metadata},
};
use crate::{
    Code, Diagnostics, Location, Route, RouteFile, RouteKind, RoutePattern, RouteTree, Segment,
    SourceTree, api_file,
    metadata::FileName,
    pages::{self, PAGES},
    source::SourceFile,
};

/// Finds which file is which convention and reads the route files.
pub(crate) fn scan(source: &SourceTree, diagnostics: &mut Diagnostics) -> RouteTree {
    let mut tree = RouteTree::default();
    for (path, reason) in &source.unreadable {
        diagnostics.tree(
            Code::Unreadable,
            Location::file(path),
            format!("`{path}` cannot be read: {reason}"),
            "make it readable, rename it, or move it out of the app folder",
        );
    }
    let Some(root) = source.app.as_ref().or(source.pages.as_ref()) else {
        diagnostics.tree(
            Code::AppFolderMissing,
            Location::file("app"),
            "there is no app folder",
            "create `app/route.rs` beside `Cargo.toml`, or name the folder: `bff::app!(dir = \"…\")`",
        );
        return tree;
    };
    if let (Some(app), Some(second)) = (&source.app, &source.second_app) {
        diagnostics
            .tree(
                Code::TwoAppFolders,
                Location::file(second),
                format!("both `{app}` and `{second}` exist"),
                "keep one of them",
            )
            .related
            .push(Location::file(app));
    }
    let mut refused = HashSet::new();
    for file in &source.files {
        let inside_app = source.app.as_deref().and_then(|app| inside(&file.path, app));
        if let Some(inside) = inside_app {
            let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
            app_file(&mut tree, source, file, (folder, name), &mut refused, diagnostics);
        } else if let Some(inside) = inside_pages(&file.path, source.pages.as_deref()) {
            tree.routes.extend(api_file::api_file(file, inside, &mut refused, diagnostics));
        } else if PAGES.iter().any(|pages| pages::api_path(&file.path, pages).is_some()) {
            api_file::elsewhere(file, source, diagnostics);
        } else {
            beside_app(&mut tree, root, file, diagnostics);
        }
    }
    if tree.routes.is_empty() && diagnostics.is_empty() {
        no_routes(source.app.as_deref(), root, diagnostics);
    }
    tree.routes.sort_by(|a, b| a.folder.cmp(&b.folder));
    tree
}

/// The path of a file relative to a folder.
fn inside<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

fn inside_pages<'a>(path: &'a str, pages: Option<&str>) -> Option<&'a str> {
    pages::api_path(path, pages?)
}

fn no_routes(app: Option<&str>, root: &str, diagnostics: &mut Diagnostics) {
    let (folder, message, help) = match app {
        Some(app) => (
            app.to_owned(),
            format!("`{app}` has no route file"),
            format!(
                "create `{app}/route.rs` with `#[bff::get] async fn index() -> &'static str {{ \"hello\" }}`"
            ),
        ),
        None => (
            format!("{root}/api"),
            format!("`{root}/api` has no API file"),
            format!(
                "create `{root}/api/hello.rs` with `#[bff::api] async fn hello() -> &'static str {{ \"hello\" }}`"
            ),
        ),
    };
    diagnostics.tree(Code::NoRoutes, Location::file(folder), message, help);
}

fn app_file(
    tree: &mut RouteTree,
    source: &SourceTree,
    file: &SourceFile,
    (folder, name): (&str, &str),
    refused: &mut HashSet<String>,
    diagnostics: &mut Diagnostics,
) {
    let private = folder.split('/').find(|segment| segment.starts_with('_'));
    match Convention::of(name) {
        Convention::Route => match private {
            Some(private) => private_route(file, private, diagnostics),
            None => tree.routes.extend(route(file, folder, refused, diagnostics)),
        },
        _ if private.is_some() => {}
        Convention::Misspelt => {
            diagnostics.tree(
                Code::MisspeltFile,
                Location::file(&file.path),
                format!("`{name}` is not a route file, so it serves nothing"),
                "rename it to `route.rs`; to keep a helper beside the routes, give it a name less like it",
            );
        }
        Convention::Foreign => {
            diagnostics.tree(
                Code::ForeignRouteFile,
                Location::file(&file.path),
                format!("`{name}` is a route file of another language"),
                "write the handlers in `route.rs` and remove this file",
            );
        }
        Convention::Page => {
            diagnostics.tree(
                Code::PageFile,
                Location::file(&file.path),
                format!("`{name}` is a page, and bff serves routes only"),
                "return the page from a handler in `route.rs`, or move the file out of the app folder",
            );
        }
        Convention::Proxy => {
            diagnostics.tree(
                Code::ProxyPlace,
                Location::file(&file.path),
                format!("`{name}` inside the app folder is never run"),
                "move it beside the app folder, as `proxy.rs`; to keep a helper beside the routes, give it another name",
            );
        }
        Convention::Instrumentation => {
            diagnostics.tree(
                Code::InstrumentationPlace,
                Location::file(&file.path),
                format!("`{name}` inside the app folder is never run"),
                "move it beside the app folder, as `instrumentation.rs`; to keep a helper beside the routes, give it another name",
            );
        }
        Convention::Metadata(found) => match found {
            FileName::Metadata(name) => {
                let place = (folder, &name);
                tree.routes.extend(metadata_file(source, file, place, refused, diagnostics));
            }
            FileName::Alt(stem) => metadata_text(source, file, &stem, diagnostics),
            FileName::Near(near) => near_metadata(file, near, diagnostics),
            FileName::Other => {}
        },
        Convention::None => {}
    }
}

fn private_route(file: &SourceFile, private: &str, diagnostics: &mut Diagnostics) {
    if file.text.as_deref().is_some_and(RouteFile::has_handlers) {
        diagnostics.tree(
            Code::PrivateRoute,
            Location::file(&file.path),
            format!("the handlers of this file are never served, because the folder `{private}` is private"),
            format!(
                "rename the folder; for a URL that begins with an underscore, name it `%5F{}`",
                private.trim_start_matches('_')
            ),
        );
    }
}

/// Reads one route file.
fn route(
    file: &SourceFile,
    folder: &str,
    refused: &mut HashSet<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Route> {
    let segments = segments(file, folder, refused, diagnostics);
    // The text is missing only when the file could not be read, which has been said.
    let (text, pattern) = (file.text.as_deref()?, RoutePattern::new(&segments?));
    let content = RouteFile::read(&file.path, text, &pattern, RouteKind::App, diagnostics);
    Some(Route {
        kind: RouteKind::App,
        folder: folder.to_owned(),
        file: file.path.clone(),
        pattern,
        content,
        metadata: None,
    })
}

/// The segments of a folder. What is wrong with one in `refused` has been said at the first file below it.
fn segments(
    file: &SourceFile,
    folder: &str,
    refused: &mut HashSet<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Segment>> {
    let mut segments = Vec::new();
    let mut broken = false;
    let mut path = String::new();
    for name in folder.split('/').filter(|name| !name.is_empty()) {
        path.push('/');
        path.push_str(name);
        match Segment::parse(name) {
            Ok(segment) => segments.push(segment),
            Err(mistake) => {
                if refused.insert(path.clone()) {
                    diagnostics.tree(
                        mistake.code,
                        Location::file(&file.path),
                        mistake.message,
                        mistake.help,
                    );
                }
                broken = true;
            }
        }
    }
    (!broken).then_some(segments)
}
