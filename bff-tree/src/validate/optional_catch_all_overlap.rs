use std::collections::HashMap;

use crate::{Code, Diagnostics, Route, RouteKind, RoutePattern, RouteTree, Segment};

/// An optional catch-all also serves its bare folder, so no other route may (RH-443), and beside it a
/// catch-all would never be reached (RH-442).
pub(super) fn optional_catch_all_overlap(tree: &RouteTree, diagnostics: &mut Diagnostics) {
    let by_shape: HashMap<String, &Route> =
        tree.routes.iter().map(|route| (route.pattern.shape(), route)).collect();
    for route in &tree.routes {
        let Some((Segment::OptionalCatchAll(name), folder)) = route.pattern.segments().split_last()
        else {
            continue;
        };
        let bare = RoutePattern::new(folder);
        if let Some(other) = by_shape.get(&bare.shape()) {
            diagnostics
                .tree(
                    Code::OptionalCatchAllOverlap,
                    route.location(),
                    format!(
                        "both this optional catch-all and another route serve `{}`",
                        other.pattern.folder_style()
                    ),
                    match route.kind {
                        RouteKind::App | RouteKind::Metadata => format!(
                            "rename the folder to `[...{}]`, or move the other route's handlers here",
                            name.folder
                        ),
                        RouteKind::Pages => format!(
                            "rename the file to `[...{}].rs`, or answer for the other route here",
                            name.folder
                        ),
                    },
                )
                .related
                .push(other.location());
        }
        let required = RoutePattern::new(&[folder, &[Segment::CatchAll(name.clone())]].concat());
        if let Some(other) = by_shape.get(&required.shape()) {
            diagnostics
                .tree(
                    Code::CatchAllKinds,
                    route.location(),
                    format!(
                        "`{}` and `{}` match the same URLs",
                        route.pattern.folder_style(),
                        other.pattern.folder_style()
                    ),
                    "keep one of them",
                )
                .related
                .push(other.location());
        }
    }
}
