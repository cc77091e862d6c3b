//! The files of `pages/api`: which of them are routes, and what may stand in one (RH-470).

use std::collections::HashSet;

use crate::{
    Code, Diagnostics, Location, Route, RouteFile, RouteHandler, RouteKind, RoutePattern, Segment,
    SourceTree, api_names, pages, segment::SegmentMistake, source::SourceFile,
};

/// Languages whose files are routes in other frameworks' `pages/api`. A `.tsx` file is a page's, and not ours.
const FOREIGN: [&str; 6] = ["ts", "js", "mjs", "cjs", "mts", "py"];

/// Reads one file below `pages/api`, or `pages/api.rs`, if it is a route. `inside` is its path relative to `pages`.
pub(crate) fn api_file(
    file: &SourceFile,
    inside: &str,
    refused: &mut HashSet<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Route> {
    let name = inside.rsplit('/').next().unwrap_or(inside);
    let private = inside.split('/').find(|name| name.starts_with('_'));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    if extension != "rs" {
        if private.is_none() {
            near_miss(file, name, stem, extension, diagnostics);
        }
        return None;
    }
    // `._x.rs` is how macOS keeps the properties of a file on disks that have no place for them.
    if stem.is_empty() || stem.starts_with("._") {
        return None;
    }
    if let Some(private) = private {
        private_file(file, private, diagnostics);
        return None;
    }
    let segments = segments(file, inside, refused, diagnostics);
    // The text is missing only when the file could not be read, which has been said.
    let (text, pattern) = (file.text.as_deref()?, RoutePattern::new(&segments?));
    let content = RouteFile::read(&file.path, text, &pattern, RouteKind::Pages, diagnostics);
    let folder = inside.strip_suffix(".rs").unwrap_or(inside).to_owned();
    Some(Route {
        kind: RouteKind::Pages,
        folder,
        file: file.path.clone(),
        pattern,
        content,
        metadata: None,
    })
}

/// The segments of a file's URL. What is wrong with a folder in `refused` has been said at the first file below it.
fn segments(
    file: &SourceFile,
    inside: &str,
    refused: &mut HashSet<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Segment>> {
    let names = api_names(inside);
    let folders = inside.matches('/').count();
    let mut path = "pages".to_owned();
    let mut segments = Some(Vec::new());
    for (index, name) in names.into_iter().enumerate() {
        path.push('/');
        path.push_str(name);
        let segment = match Segment::parse(name) {
            Ok(Segment::Group(_)) if index == folders => Err(group_file(name)),
            Err(mistake) if index == folders => Err(of_file(mistake, name)),
            other => other,
        };
        match segment {
            Ok(segment) => {
                if let Some(segments) = &mut segments {
                    segments.push(segment);
                }
            }
            Err(SegmentMistake { code, message, help }) => {
                segments = None;
                if index == folders || refused.insert(path.clone()) {
                    diagnostics.tree(code, Location::file(&file.path), message, help);
                }
            }
        }
    }
    segments
}

/// The remedies speak of folders; here the last segment is the name of a file.
fn of_file(mistake: SegmentMistake, name: &str) -> SegmentMistake {
    let help = if mistake.code == Code::OptionalParam {
        let name = name.trim_matches(['[', ']']);
        format!(
            "use `[{name}].rs` and an `index.rs` beside it, or `[[...{name}]].rs` for any number of segments"
        )
    } else {
        let help = mistake
            .help
            .replace("folder name", "file name before `.rs`")
            .replace("the folder", "the file");
        // A new name is given in full.
        match help.strip_prefix("rename the file to `").and_then(|rest| rest.split_once('`')) {
            Some((name, rest)) => format!("rename the file to `{name}.rs`{rest}"),
            None => help,
        }
    };
    SegmentMistake { help, ..mistake }
}

fn group_file(name: &str) -> SegmentMistake {
    SegmentMistake {
        code: Code::Parentheses,
        message: format!("`{name}.rs` has no URL of its own: a group is a folder"),
        help: format!(
            "move it to `{name}/index.rs`, or rename it; for a URL with a parenthesis write `%28` and `%29`"
        ),
    }
}

/// A file that is nearly one of ours.
fn near_miss(
    file: &SourceFile,
    name: &str,
    stem: &str,
    extension: &str,
    diagnostics: &mut Diagnostics,
) {
    let inner = stem.rsplit('.').next().unwrap_or(stem);
    if extension.eq_ignore_ascii_case("rs") {
        diagnostics.tree(
            Code::MisspeltFile,
            Location::file(&file.path),
            format!("`{name}` is not an API file, so it serves nothing"),
            format!("rename it to `{stem}.rs`"),
        );
    } else if FOREIGN.contains(&extension) && !matches!(inner, "d" | "test" | "spec") {
        diagnostics.tree(
            Code::ForeignRouteFile,
            Location::file(&file.path),
            format!("`{name}` is an API file of another language"),
            format!("write it in `{stem}.rs` and remove this file, or move it out of `pages/api`"),
        );
    }
}

fn private_file(file: &SourceFile, private: &str, diagnostics: &mut Diagnostics) {
    if file.text.as_deref().is_some_and(RouteFile::has_handlers) {
        let private = private.trim_end_matches(".rs");
        diagnostics.tree(
            Code::PrivateRoute,
            Location::file(&file.path),
            format!("the function of this file is never served, because `{private}` is private"),
            format!(
                "rename it; for a URL that begins with an underscore, name it `%5F{}`",
                private.trim_start_matches('_')
            ),
        );
    }
}

/// A file of a `pages/api` that no app folder stands beside. Only what is certainly meant for bff is refused: such
/// a folder may hold ordinary modules.
pub(crate) fn elsewhere(file: &SourceFile, source: &SourceTree, diagnostics: &mut Diagnostics) {
    if !file.text.as_deref().is_some_and(RouteFile::has_api) {
        return;
    }
    let (own, why) = match (&source.app, &source.pages) {
        (Some(app), _) => (pages::beside(app), format!("its `pages` folder is not beside `{app}`")),
        (None, Some(pages)) => (pages.clone(), format!("`{pages}/api` is the one that is served")),
        (None, None) => return,
    };
    diagnostics.tree(
        Code::PagesPlace,
        Location::file(&file.path),
        format!("this API file serves nothing, because {why}"),
        format!("move it below `{own}/api`"),
    );
}

/// One function for a file. Those with a `cfg` may be several: which of them exist is not known here, and the
/// expansion checks it.
pub(crate) fn two_apis(handlers: &[RouteHandler], diagnostics: &mut Diagnostics) {
    for (index, second) in handlers.iter().enumerate() {
        let first =
            handlers[..index].iter().find(|first| first.cfgs.is_empty() || second.cfgs.is_empty());
        let Some((first, (code, message))) =
            first.and_then(|first| Some((first, second.clash(first)?)))
        else {
            continue;
        };
        diagnostics
            .tree(
                code,
                second.location.clone(),
                message,
                "keep one, and tell the methods apart by its `Method` argument",
            )
            .related
            .push(first.location.clone());
    }
}

pub(crate) fn no_api(file: &str, diagnostics: &mut Diagnostics) {
    diagnostics.tree(
        Code::NoApi,
        Location::file(file),
        "this file below `pages/api` has no `#[api]` function",
        "put `#[bff::api]` above the function that answers; move a helper to a file or folder whose name begins with `_`",
    );
}
