//! The pages of one route.

use std::collections::HashSet;

use super::{
    InventoryRoute, Mistake,
    findings::Findings,
    name::{INDEX, file_name, url_path},
    page::{Page, PageKind},
};
use crate::{
    cache::{Reads, Revalidate},
    routing::{HandlerInfo, ParamValues, Route, Segment},
};

/// The files of a route, none perhaps, below the base path.
pub(super) async fn pages_of_route(
    inventory: &InventoryRoute,
    base: &[&str],
    findings: &mut Findings,
) -> Vec<Page> {
    let route = inventory.route;
    let Some(handler) = exported(route, findings) else { return Vec::new() };
    let is_dynamic = route.segments().iter().any(|segment| !matches!(segment, Segment::Literal(_)));
    if !is_dynamic {
        let page = page(route, &Vec::new(), base, PageKind::Route);
        return page.map_err(|mistake| findings.refuse(mistake)).into_iter().collect();
    }
    let Some(list) = &inventory.list else {
        if route.is_metadata() {
            findings.unsupported(below_params(route));
            return Vec::new();
        }
        findings.refuse(Mistake::new(
            route.file(),
            format!("nobody says for which params `{}` is made", route.pattern()),
            format!(
                "list them beside `{}`: `#[static_params] async fn params() -> Vec<…>`",
                handler.name()
            ),
        ));
        return Vec::new();
    };
    // Ids of metadata are those of the function that makes each.
    let function = route.static_params().unwrap_or(handler.name());
    let listed = match list().await {
        Ok(listed) => listed,
        Err(error) => {
            findings.refuse(Mistake::new(
                route.file(),
                format!("`{function}` failed: {error:?}"),
                "let it return the params of this route",
            ));
            return Vec::new();
        }
    };
    let mut pages = Vec::new();
    // Listed twice is one page.
    let mut seen = HashSet::new();
    for values in listed.iter().filter(|values| seen.insert(*values)) {
        match page(route, values, base, PageKind::Listed(function)) {
            Ok(page) => pages.push(page),
            Err(mistake) => findings.refuse(mistake),
        }
    }
    pages
}

/// The handler whose answers become files. What else the route answers is for a server.
fn exported(route: &'static Route, findings: &mut Findings) -> Option<&'static HandlerInfo> {
    let answers = |handler: &&HandlerInfo, method: &str| handler.methods().contains(&method);
    let handlers = route.handlers();
    let get = handlers.iter().find(|it| answers(it, "GET"));
    let others: Vec<&str> =
        route.methods().filter(|method| !matches!(*method, "GET" | "HEAD" | "OPTIONS")).collect();
    let mut unsupported = |message: String, help: String| {
        findings.unsupported(Mistake::new(route.file(), message, help));
    };
    let pattern = route.pattern();
    let Some(get) = get else {
        let (message, help) = if handlers.iter().any(HandlerInfo::answers_every_method) {
            (
                format!("`{pattern}` is answered at request time, whatever the method"),
                "move it to a `route.rs` with `#[get(force_static)]`, or to a server",
            )
        } else {
            (
                format!("`{pattern}` has no GET, which is all that files answer"),
                "move it to a server",
            )
        };
        unsupported(message, help.to_owned());
        return None;
    };
    if !(is_made_beforehand(get) || is_static_metadata(route, get)) {
        unsupported(
            format!("`{}` answers `{pattern}` at request time", get.name()),
            format!("write `#[get(force_static)]` on `{}`", get.name()),
        );
        return None;
    }
    if let Some(vary) = get.vary().first() {
        unsupported(
            format!("`{}` answers `{pattern}` by `{vary}`, and a file has one answer", get.name()),
            "remove `vary`, or give each answer a URL of its own".to_owned(),
        );
        return None;
    }
    if !others.is_empty() {
        unsupported(
            format!("`{pattern}` answers {} as well, which files do not", others.join(" and ")),
            "move them to a server".to_owned(),
        );
    }
    Some(get)
}

/// True when the attribute says that an answer is good for everybody, for some time at least (EX-04, EX-08).
fn is_made_beforehand(handler: &HandlerInfo) -> bool {
    handler.is_static() || handler.revalidate().is_some_and(Revalidate::stores)
}

/// True for metadata that is the same whoever asks (EX-11).
fn is_static_metadata(route: &Route, handler: &HandlerInfo) -> bool {
    route.is_metadata() && handler.reads() == Reads::NOTHING && handler.requirements().is_empty()
}

/// What stands for a page with params would be in a folder that has the name of its file.
fn below_params(route: &Route) -> Mistake {
    Mistake::new(
        route.file(),
        format!("`{}` is below params, where files have no folder", route.pattern()),
        "put it above them, or let a server answer it",
    )
}

/// The page for these params.
fn page(
    route: &Route,
    values: &ParamValues,
    base: &[&str],
    kind: PageKind,
) -> Result<Page, Mistake> {
    let refused = |reason: String| match kind {
        PageKind::Listed(function) => Mistake::new(
            route.file(),
            format!("`{function}` lists what is no part of a URL: {reason}"),
            "list what can be a name; nothing else could be asked for",
        ),
        PageKind::Route | PageKind::Public => {
            Mistake::new(route.file(), reason, "rename the folder")
        }
    };
    let mut segments: Vec<&str> = base.to_vec();
    let mut values = values.iter();
    for segment in route.segments() {
        match segment {
            Segment::Literal(text) => segments.push(text),
            Segment::Param(_) | Segment::CatchAll(_) | Segment::OptionalCatchAll(_) => {
                let value = values.next().map_or(&[][..], Vec::as_slice);
                if let (true, Segment::CatchAll(name)) = (value.is_empty(), segment) {
                    return Err(refused(format!("`{name}` has no segment")));
                }
                segments.extend(value.iter().map(String::as_str));
            }
        }
    }
    // The root is what its folder is asked for, below a base path as well.
    let index = (segments.len() == base.len()).then_some(INDEX);
    let file = file_name(segments.iter().copied().chain(index)).map_err(refused)?;
    let path = url_path(segments);
    Ok(Page { path, file, source: route.file().to_owned(), kind })
}
