use crate::{Code, Diagnostics, RouteKind, RouteTree, Segment};

/// A catch-all takes the rest of the path, so nothing can follow it (RH-446).
pub(super) fn catch_all_not_last(tree: &RouteTree, diagnostics: &mut Diagnostics) {
    for route in &tree.routes {
        let segments = route.pattern.segments();
        let Some(position) = segments.iter().position(|segment| segment.is_catch_all()) else {
            continue;
        };
        if position + 1 < segments.len() {
            let name = segments[position].param().map_or("", |param| &param.folder);
            let folder = match segments[position] {
                Segment::OptionalCatchAll(_) => format!("[[...{name}]]"),
                _ => format!("[...{name}]"),
            };
            let (what, help) = match route.kind {
                RouteKind::Metadata => (
                    "a metadata file follows",
                    format!("move it to a folder above, or use `[{name}]` for one segment"),
                ),
                _ => (
                    "folders follow",
                    format!(
                        "use `[{name}]` for one segment, or handle the rest inside the catch-all's own route file"
                    ),
                ),
            };
            diagnostics.tree(
                Code::CatchAllNotLast,
                route.location(),
                format!("`{folder}` takes the rest of the path, but {what} it"),
                help,
            );
        }
    }
}
