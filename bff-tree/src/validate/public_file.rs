use crate::{Code, Diagnostics, Location, PublicFolder, RouteTree};

/// A file in `public/` and a route with the same URL: one of them would never be served (RH-035, RH-438).
pub(super) fn public_file(tree: &RouteTree, public: &PublicFolder, diagnostics: &mut Diagnostics) {
    for route in &tree.routes {
        let Some(path) = route.pattern.literal_path() else { continue };
        if public.files.binary_search_by(|file| file.as_str().cmp(&path[1..])).is_ok() {
            diagnostics
                .tree(
                    Code::PublicFile,
                    route.location(),
                    format!("this route and a file in `public/` both serve `{path}`"),
                    "remove or rename one of them",
                )
                .related
                .push(Location::file(format!("{}{path}", public.path)));
        }
    }
}
