//! One helper for each boundary: a whole app, a route file, a folder on disk.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

use bff_tree::{
    AppFolder, Argument, Checked, Diagnostic, Handler, HandlerForm, MetadataForm, MetadataName,
    Route, RouteHandler, RoutePattern, Segment, SourceTree,
};

/// What a `route.rs` without text has in it.
const ONE_HANDLER: &str = "#[get]\nasync fn index() {}\n";

/// What a file below `pages/api` without text has in it.
const ONE_API: &str = "#[api]\nasync fn index() {}\n";

/// Checks an app: what it serves, and what is wrong with it.
///
/// `app` is a fixture, indented as one likes; a `route.rs` without text gets one GET handler, a file below
/// `pages/api` one `#[api]` function, a metadata file its function.
/// `expected` has a line for each route and then one for each diagnostic, all in order:
///
/// ```text
/// GET, POST /posts/[id]
/// BFF0401 app/(b)/x/route.rs, app/(a)/x/route.rs ~ `/x`
/// ```
///
/// A diagnostic is its code, its place and the related places. What follows a `~` must stand in its
/// message or its help, which are otherwise free.
#[track_caller]
pub(crate) fn check(app: &str, expected: &str) {
    let checked = checked(app);
    let routes = checked.tree.routes.iter().map(route_line);
    compare(routes.collect(), &checked, expected);
}

/// Checks one file below `pages/api`, in the way of [`check_file`].
#[track_caller]
pub(crate) fn check_api_file(file: &str, text: &str, expected: &str) {
    let checked = checked(&format!("//- pages/api/{file}\n{}", dedent(text)));
    let handlers = checked.tree.routes.iter().flat_map(|route| &route.content.handlers);
    compare(handlers.map(handler_line).collect(), &checked, expected);
}

/// Checks the route file of a folder: a line for each handler, then one for each diagnostic.
///
/// ```text
/// show: GET async ([id]@1, _)
/// ```
///
/// is a handler of GET with the param `[id]`, which takes the URL's segment 1, and an extractor.
#[track_caller]
pub(crate) fn check_file(folder: &str, text: &str, expected: &str) {
    let folder = if folder.is_empty() { "app".to_owned() } else { format!("app/{folder}") };
    let checked = checked(&format!("//- {folder}/route.rs\n{}", dedent(text)));
    let handlers = checked.tree.routes.iter().flat_map(|route| &route.content.handlers);
    let lines = handlers.map(handler_line).collect();
    compare(lines, &checked, expected);
}

/// An app from a fixture, with a handler in each empty route file.
pub(crate) fn checked(app: &str) -> Checked {
    let mut source = SourceTree::from_fixture(&dedent(app));
    for file in &mut source.files {
        let is_rust = file.path.ends_with(".rs");
        if let Some(text) = file.text.as_mut().filter(|text| is_rust && text.trim().is_empty()) {
            let name = file.path.rsplit('/').next().and_then(MetadataName::of);
            *text = match name.and_then(|name| name.kind.attribute()) {
                Some(attribute) => format!("#[{attribute}]\nfn make() {{}}\n"),
                None if file.path.contains("pages/api") => ONE_API.to_owned(),
                None => ONE_HANDLER.to_owned(),
            };
        }
    }
    bff_tree::check(&source)
}

#[track_caller]
fn compare(mut found: Vec<String>, checked: &Checked, expected: &str) {
    let expected: Vec<Vec<&str>> = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.split(" ~ ").collect())
        .collect();
    let routes = found.len();
    found.extend(checked.diagnostics.iter().map(diagnostic_line));
    let heads: Vec<&str> = expected.iter().map(|line| line[0]).collect();
    assert_eq!(found, heads, "\n{:#?}", checked.diagnostics);
    for (diagnostic, line) in checked.diagnostics.iter().zip(&expected[routes..]) {
        for fact in &line[1..] {
            let text = format!("{}\n{}", diagnostic.message, diagnostic.help);
            assert!(text.contains(fact), "no {fact:?} in {}:\n{text}", diagnostic.code);
        }
    }
}

fn route_line(route: &Route) -> String {
    let form = route.metadata.as_deref().map(|metadata| metadata.form);
    if form == Some(MetadataForm::File) {
        return format!("file {}", route.pattern.folder_style());
    }
    let methods: Vec<&str> =
        route.content.handlers.iter().flat_map(|found| methods(&found.handler)).collect();
    let methods = if methods.is_empty() { "nothing".to_owned() } else { methods.join(", ") };
    format!("{methods} {}", route.pattern.folder_style())
}

pub(crate) fn diagnostic_line(diagnostic: &Diagnostic) -> String {
    let places = [&diagnostic.location].into_iter().chain(&diagnostic.related);
    let places: Vec<String> = places.map(ToString::to_string).collect();
    format!("{} {}", diagnostic.code, places.join(", "))
}

/// Every mistake, as `BFF0802 2:1`, when all of them are in `bff.toml`.
pub(crate) fn config_mistakes(checked: &Checked) -> Vec<String> {
    let lines = checked.diagnostics.iter().map(diagnostic_line);
    lines.map(|line| line.replace("bff.toml:", "")).collect()
}

fn handler_line(found: &RouteHandler) -> String {
    let handler = &found.handler;
    let methods = methods(handler);
    let form = match handler.form {
        HandlerForm::Async => "async",
        HandlerForm::Sync => "sync",
        HandlerForm::Factory => "factory",
    };
    let arguments: Vec<String> = handler.arguments.iter().map(argument).collect();
    let mut line =
        format!("{}: {} {form} ({})", handler.name, methods.join(", "), arguments.join(", "));
    if handler.invalid_param != 404 {
        line += &format!(" invalid {}", handler.invalid_param);
    }
    let policy = &handler.policy;
    if let Some(timeout) = &policy.timeout {
        line += &format!(" timeout {:?}", timeout.value);
    }
    if let Some(body_limit) = &policy.body_limit {
        line += &format!(" body {:?}", body_limit.value);
    }
    if let Some(revalidate) = &policy.revalidate {
        line += &format!(" kept {:?}", revalidate.value);
    }
    if handler.force_static {
        line += " static";
    }
    for tag in &policy.tags {
        line += &format!(" tag {}", tag.value.text());
    }
    for vary in &policy.vary {
        line += &format!(" vary {}", vary.value);
    }
    if let Some(concurrency) = &policy.concurrency {
        line += &format!(" concurrency {:?}", concurrency.value);
    }
    if let Some(rate_limit) = &policy.rate_limit {
        let rates = rate_limit.value.iter().map(|it| format!("{}/{:?}", it.count, it.period));
        line += &format!(" rate [{}]", rates.collect::<Vec<_>>().join(", "));
    }
    if policy.require.is_some() {
        line += " requires nothing of rules";
    }
    for required in &handler.require {
        line += &format!(" requires {required}");
    }
    for cfg in &found.cfgs {
        line += &format!(" cfg({cfg})");
    }
    for doc in &found.docs {
        line += &format!(" /// {doc}");
    }
    line
}

/// The methods of a handler, `every` for the one that names none.
fn methods(handler: &Handler) -> Vec<&str> {
    let named = handler.methods.iter().map(|method| method.as_str());
    named.chain(handler.every_method.then_some("every")).collect()
}

fn argument(argument: &Argument) -> String {
    match argument {
        Argument::Extractor => "_".to_owned(),
        Argument::Param { index, segment } => {
            let pattern = RoutePattern::new(std::slice::from_ref(segment)).folder_style();
            format!("{}@{index}", pattern.trim_start_matches('/'))
        }
    }
}

/// The pattern of a folder path whose names are all valid.
pub(crate) fn pattern(folder: &str) -> RoutePattern {
    let names = folder.split('/').filter(|name| !name.is_empty());
    let segments: Vec<Segment> = names.map(|name| Segment::parse(name).expect(name)).collect();
    RoutePattern::new(&segments)
}

/// Removes the indentation that all lines share, and the empty lines around.
pub(crate) fn dedent(text: &str) -> String {
    let indent = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let lines = text.lines().map(|line| line.get(indent..).unwrap_or("").to_owned() + "\n");
    let dedented: String = lines.collect();
    dedented.trim_start_matches('\n').to_owned()
}

/// A folder that is removed when the test ends.
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// A folder with these files, each with one GET handler in it.
    pub(crate) fn with(files: &[&str]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("bff-tree-{}-{number}", process::id()));
        let folder = Self { path };
        fs::create_dir_all(folder.path()).expect("a temporary folder");
        for file in files {
            folder.write(file, ONE_HANDLER.as_bytes());
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn write(&self, file: impl AsRef<Path>, content: &[u8]) {
        let path = self.path.join(file);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// The app in this folder, found where it is by default.
    pub(crate) fn source(&self) -> SourceTree {
        SourceTree::from_dir(&AppFolder { package: self.path.clone(), app: None })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed stays in the system's own folder for such files.
        let _ = fs::remove_dir_all(&self.path);
    }
}
