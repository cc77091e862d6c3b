use crate::{Route, RoutePattern, Segment};

/// Two routes that axum's own router cannot hold together: a param and a catch-all in one folder, `[id]` beside
/// `[...rest]`. bff's matching knows the pair (RH-033); it matters for `app::routes()` only.
pub fn axum_conflict(routes: &[Route]) -> Option<(&Route, &Route)> {
    routes.iter().find_map(|catch_all| {
        let (last, folder) = catch_all.pattern.segments().split_last()?;
        let folder = RoutePattern::new(folder).shape();
        let beside = |other: &&Route| {
            let segments = other.pattern.segments();
            (0..segments.len()).any(|at| {
                matches!(segments[at], Segment::Param(_))
                    && RoutePattern::new(&segments[..at]).shape() == folder
            })
        };
        last.is_catch_all().then(|| Some((routes.iter().find(beside)?, catch_all)))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SourceTree, check};

    #[test]
    fn rh_033_a_param_beside_a_catch_all_is_found() {
        for (folders, expected) in [
            (&["d/[id]", "d/[...rest]"][..], Some(("d/[id]", "d/[...rest]"))),
            (&["d/[id]/x", "d/[[...rest]]"], Some(("d/[id]/x", "d/[[...rest]]"))),
            (&["[a]/[b]", "[c]/[...rest]"], Some(("[a]/[b]", "[c]/[...rest]"))),
            (&["d/[id]", "e/[...rest]"], None),
            (&["d/[id]/[...rest]", "d/[id]"], None),
            (&["d/x", "d/[...rest]"], None),
        ] {
            let fixture: String = folders
                .iter()
                .map(|folder| {
                    format!(
                        "//- app/{folder}/route.rs\n#[get] fn index() -> &'static str {{ \"\" }}\n"
                    )
                })
                .collect();
            let tree = check(&SourceTree::from_fixture(&fixture)).tree;
            let found = axum_conflict(&tree.routes).map(|(a, b)| (&*a.folder, &*b.folder));
            assert_eq!(found, expected, "{folders:?}");
        }
    }
}
