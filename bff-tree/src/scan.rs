use std::collections::HashSet;

use crate::{
    Code, Diagnostics, Location, Proxy, ProxyFile, Route, RouteFile, RouteKind, RoutePattern,
    RouteTree, Segment, SourceTree, api_file, config, instrumentation_file,
    pages::{self, PAGES},
    proxy_file,
    source::SourceFile,
    suggest,
};

/// Extensions of other languages' route files.
const FOREIGN: [&str; 8] = ["ts", "js", "tsx", "jsx", "mjs", "cjs", "mts", "py"];

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
            app_file(&mut tree, file, folder, name, &mut refused, diagnostics);
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
    file: &SourceFile,
    folder: &str,
    name: &str,
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
        Convention::Unsupported => unsupported(file, name, diagnostics),
        Convention::None => {}
    }
}

/// Refused rather than ignored: whoever puts such a file there expects it to work.
fn unsupported(file: &SourceFile, name: &str, diagnostics: &mut Diagnostics) {
    diagnostics.tree(
        Code::UnsupportedFile,
        Location::file(&file.path),
        format!("this version of bff does not act on `{name}` yet"),
        "remove or rename it; a route file can serve any URL, such as `robots.txt/route.rs`",
    );
}

/// What a file name means in an app folder.
enum Convention {
    Route,
    Misspelt,
    Foreign,
    Page,
    Proxy,
    Instrumentation,
    Unsupported,
    None,
}

/// Code files of section 14 of the configuration specification.
const METADATA_CODE: [&str; 3] = ["robots", "sitemap", "manifest"];

/// Images of the same section.
const METADATA_IMAGES: [&str; 5] =
    ["favicon", "icon", "apple-icon", "opengraph-image", "twitter-image"];

impl Convention {
    fn of(name: &str) -> Self {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let lower = stem.to_lowercase();
        match extension {
            "rs" if stem == "route" => Self::Route,
            "rs" if stem == "proxy" || stem == "middleware" => Self::Proxy,
            "rs" if stem == "page" => Self::Page,
            "rs" | "ts" | "js" if stem == "instrumentation" => Self::Instrumentation,
            "rs" if METADATA_CODE.contains(&stem) || METADATA_IMAGES.contains(&stem) => {
                Self::Unsupported
            }
            "txt" if stem == "robots" => Self::Unsupported,
            "xml" if stem == "sitemap" => Self::Unsupported,
            "json" | "webmanifest" if stem == "manifest" => Self::Unsupported,
            "ico" | "png" | "jpg" | "jpeg" | "gif" | "svg" if METADATA_IMAGES.contains(&stem) => {
                Self::Unsupported
            }
            "rs" if near_route(&lower) => Self::Misspelt,
            _ if lower == "route" && extension.eq_ignore_ascii_case("rs") => Self::Misspelt,
            _ if lower == "route" && FOREIGN.contains(&extension) => Self::Foreign,
            _ if lower == "page" && FOREIGN.contains(&extension) => Self::Page,
            _ if (lower == "proxy" || lower == "middleware") && FOREIGN.contains(&extension) => {
                Self::Proxy
            }
            _ => Self::None,
        }
    }
}

/// `Route`, `routes`, `rout`, `ruote`: one slip away from `route`. Real words that happen to be near are helpers.
fn near_route(stem: &str) -> bool {
    !matches!(stem, "router" | "rote" | "rouge" | "rouse")
        && suggest::nearest(stem, ["route"]).is_some()
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

/// Reads one route file. What is wrong with a folder in `refused` has been said at the first route below it.
fn route(
    file: &SourceFile,
    folder: &str,
    refused: &mut HashSet<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Route> {
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
    // The text is missing only when the file could not be read, which has been said.
    let text = file.text.as_deref()?;
    if broken {
        return None;
    }
    let pattern = RoutePattern::new(&segments);
    let content = RouteFile::read(&file.path, text, &pattern, RouteKind::App, diagnostics);
    Some(Route {
        kind: RouteKind::App,
        folder: folder.to_owned(),
        file: file.path.clone(),
        pattern,
        content,
    })
}

/// A file beside the app folder.
fn beside_app(tree: &mut RouteTree, app: &str, file: &SourceFile, diagnostics: &mut Diagnostics) {
    let folder = app.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (own, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
    if own == folder && Proxy::is_file_name(name) && !(own == "src" && name == "middleware.rs") {
        return proxy(tree, file, name, diagnostics);
    }
    if instrumentation_file::is_meant(name) {
        return instrumentation(tree, file, (own, folder, name), diagnostics);
    }
    // Which of them counts, and which is misplaced, is said in `config`.
    if config::is_meant(&file.path) {
        return;
    }
    // With the app folder elsewhere, modules in `src` are the program's own and may have any name.
    // But whoever wrote `#[proxy]` means it to run, and beside `app` there is no app in `src` that it could be of.
    let is_module = !app.starts_with("src/") && file.path.starts_with("src/");
    let is_alone = matches!(app, "app" | "pages");
    if is_module && !(is_alone && file.text.as_deref().is_some_and(proxy_file::is_meant)) {
        return;
    }
    let place =
        if folder.is_empty() { "proxy.rs".to_owned() } else { format!("{folder}/proxy.rs") };
    diagnostics.tree(
        Code::ProxyPlace,
        Location::file(&file.path),
        format!("`{}` is never run", file.path),
        format!("a proxy is `{place}`, beside the app folder; move it there, or remove it"),
    );
}

/// Of two proxies one would not run, and nobody would know which (PX-07).
fn proxy(tree: &mut RouteTree, file: &SourceFile, name: &str, diagnostics: &mut Diagnostics) {
    if let Some(first) = &mut tree.proxy {
        // The warning about the old name would say the same again.
        first.deprecated_name = false;
        diagnostics
            .tree(
                Code::TwoProxies,
                Location::file(&file.path),
                format!("both `{}` and `{}` exist", first.file, file.path),
                "keep `proxy.rs`",
            )
            .related
            .push(Location::file(&first.file));
        return;
    }
    // The text is missing only when the file could not be read, which has been said.
    let Some(text) = &file.text else { return };
    if proxy_file::read(&file.path, text, diagnostics) {
        tree.proxy =
            Some(ProxyFile { file: file.path.clone(), deprecated_name: name == "middleware.rs" });
    }
}

fn instrumentation(
    tree: &mut RouteTree,
    file: &SourceFile,
    (own, folder, name): (&str, &str, &str),
    diagnostics: &mut Diagnostics,
) {
    let text = file.text.as_deref();
    if own == folder && name == "instrumentation.rs" {
        // The text is missing only when the file could not be read, which has been said.
        tree.instrumentation =
            text.map(|text| Box::new(instrumentation_file::read(&file.path, text, diagnostics)));
        return;
    }
    // A module of the program may have this name; but nothing else than an app calls this function.
    if own == "src" && folder != "src" && !text.is_some_and(instrumentation_file::hears_of_errors) {
        return;
    }
    let place = match folder {
        "" => "instrumentation.rs".to_owned(),
        folder => format!("{folder}/instrumentation.rs"),
    };
    diagnostics.tree(
        Code::InstrumentationPlace,
        Location::file(&file.path),
        format!("`{}` is never run", file.path),
        format!("instrumentation is `{place}`, beside the app folder; move it there, or remove it"),
    );
}
