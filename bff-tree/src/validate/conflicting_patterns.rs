use std::collections::BTreeMap;

use crate::{Code, Diagnostics, Route, RouteKind, RouteTree};

/// Two routes of one shape match the same URLs: through groups (RH-435), under two param names (RH-440), one in the app
/// folder and one below `pages/api` (RH-437), or one of them a metadata file (RH-436, RH-463, MD-04, MDS-11).
///
/// Different names at one level are fine as long as the shapes differ, `[id]` and `[slug]/x` (RH-441).
pub(super) fn conflicting_patterns(tree: &RouteTree, diagnostics: &mut Diagnostics) {
    let mut by_shape: BTreeMap<String, Vec<&Route>> = BTreeMap::new();
    for route in &tree.routes {
        by_shape.entry(route.pattern.shape()).or_default().push(route);
    }
    for routes in by_shape.values() {
        let (first, others) = (routes[0], &routes[1..]);
        for other in others {
            let is_metadata = [first, other].iter().any(|route| route.kind == RouteKind::Metadata);
            let files = if is_metadata { "files" } else { "route files" };
            let (code, message, help) = if first.pattern == other.pattern {
                (
                    Code::SameUrl,
                    format!("two {files} serve `{}`", first.pattern.folder_style()),
                    match (first.kind, other.kind) {
                        _ if is_metadata => {
                            "keep one of them; a metadata file serves the URL of its folder and its own name, and groups are not in it"
                        }
                        (RouteKind::App, RouteKind::App) => {
                            "keep one of them; groups do not change the URL"
                        }
                        (RouteKind::Pages, RouteKind::Pages) => {
                            "keep one of them; neither groups nor the name `index` are in the URL"
                        }
                        _ => "keep one of them; `pages/api` and the app folder serve the same URLs",
                    },
                )
            } else {
                (
                    Code::SameShape,
                    format!(
                        "`{}` and `{}` match the same URLs",
                        first.pattern.folder_style(),
                        other.pattern.folder_style()
                    ),
                    "keep one of them, or tell them apart by a literal folder",
                )
            };
            diagnostics.tree(code, other.location(), message, help).related.push(first.location());
        }
    }
}
