use std::collections::{BTreeMap, BTreeSet};

use crate::{Code, Diagnostics, RouteKind, RouteTree};

/// Folders, or files below `pages/api`, that differ in case only are two on Linux and one on macOS and Windows, so a checkout there loses
/// one of the routes.
pub(super) fn case_only(tree: &RouteTree, diagnostics: &mut Diagnostics) {
    let mut by_lower: BTreeMap<(RouteKind, String), &str> = BTreeMap::new();
    let mut reported = BTreeSet::new();
    for route in &tree.routes {
        let (whole, what) = match route.kind {
            RouteKind::App => (&route.folder, "the folders "),
            RouteKind::Pages | RouteKind::Metadata => (&route.file, ""),
        };
        let mut path = String::new();
        for name in whole.split('/') {
            path.push_str(name);
            let first =
                by_lower.entry((route.kind, path.to_lowercase())).or_insert(&whole[..path.len()]);
            if *first != path {
                // One message for a folder, however many routes are below it.
                if !reported.insert(path.clone()) {
                    break;
                }
                let other = (*first).to_owned();
                diagnostics.tree(
                    Code::CaseOnly,
                    route.location(),
                    format!("{what}`{other}` and `{path}` differ in case only"),
                    "rename one of them: some file systems cannot hold both",
                );
                break;
            }
            path.push('/');
        }
    }
}
