use std::collections::HashMap;

use crate::{Code, Diagnostics, RouteKind, RouteTree};

/// A param name stands for one segment of a path (RH-444), also after `-` has become `_` (RH-445).
pub(super) fn duplicate_param(tree: &RouteTree, diagnostics: &mut Diagnostics) {
    for route in &tree.routes {
        let mut seen: HashMap<&str, &str> = HashMap::new();
        for (_, _, param) in route.pattern.params() {
            let Some(first) = seen.insert(&param.argument, &param.folder) else { continue };
            let message = if first == param.folder {
                format!("the param `{first}` stands twice in `{}`", route.pattern.folder_style())
            } else {
                format!(
                    "the params `{first}` and `{}` are both `{}` as an argument",
                    param.folder, param.argument
                )
            };
            diagnostics.tree(
                Code::DuplicateParam,
                route.location(),
                message,
                if route.kind == RouteKind::Metadata {
                    "rename the folder: `id` is the one of several that a list names"
                } else {
                    "give each param its own name"
                },
            );
        }
    }
}
