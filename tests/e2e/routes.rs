//! `app::ROUTES`: the routes as data.

use bff::routing::Segment::{CatchAll, Literal, OptionalCatchAll, Param};

use crate::apps::{catalog, rows};

/// The route with this pattern.
#[track_caller]
fn route(pattern: &str) -> &'static bff::Route {
    let mut found = catalog::app::ROUTES
        .iter()
        .chain(rows::app::ROUTES)
        .filter(|route| route.pattern() == pattern);
    let route = found.next().unwrap_or_else(|| panic!("no route {pattern}"));
    assert!(pattern == "/" || found.next().is_none(), "{pattern} stands there twice");
    route
}

#[test]
fn each_route_has_its_pattern_methods_and_file() {
    for (pattern, methods, file) in [
        ("/methods/get-only", &["GET"][..], "apps/rows/app/methods/get-only/route.rs"),
        (
            "/methods/five",
            &["GET", "POST", "PUT", "PATCH", "DELETE"],
            "apps/rows/app/methods/five/route.rs",
        ),
        ("/methods/shared", &["GET", "POST", "DELETE"], "apps/rows/app/methods/shared/route.rs"),
        (
            "/methods/long-form",
            &["PUT", "PATCH", "GET"],
            "apps/rows/app/methods/long-form/route.rs",
        ),
        ("/methods/nothing", &[], "apps/rows/app/methods/nothing/route.rs"),
        ("/dav", &["GET", "PROPFIND", "QUERY", "FROBNICATE"], "apps/catalog/app/dav/route.rs"),
        ("/about", &["GET"], "apps/catalog/app/(site)/(inner)/about/route.rs"),
        ("/_under", &["GET"], "apps/catalog/app/%5Funder/route.rs"),
        ("/{{braces}}", &["GET"], "apps/catalog/app/%7Bbraces%7D/route.rs"),
        ("/日本", &["GET"], "apps/catalog/app/日本/route.rs"),
        ("/items/{id}", &["GET", "PUT", "PATCH"], "apps/catalog/app/items/[id]/route.rs"),
        ("/files/{*path}", &["GET"], "apps/catalog/app/files/[...path]/route.rs"),
        ("/shop/{*filters}", &["GET"], "apps/catalog/app/shop/[[...filters]]/route.rs"),
        ("/built", &["GET"], "apps/catalog/app/built/route.rs"),
        ("/factory", &["GET", "POST", "DELETE", "PUT"], "apps/catalog/app/factory/route.rs"),
        ("/{tenant}/app/{id}", &["GET"], "apps/catalog/app/[tenant]/app/[id]/route.rs"),
    ] {
        let route = route(pattern);
        assert_eq!(route.methods().collect::<Vec<_>>(), methods, "{pattern}");
        assert_eq!(route.file(), file, "{pattern}");
    }
}

#[test]
fn rh_005_rh_015_what_is_not_routed_is_not_listed() {
    let listed = |part: &str| catalog::app::ROUTES.iter().any(|route| route.file().contains(part));
    assert!(listed("/colocated/"));
    for part in ["_private", "helpers", "only-files", "left-out"] {
        assert!(!listed(part), "{part}");
    }
}

#[test]
fn the_list_is_sorted_by_folder_and_has_each_route_once() {
    for routes in [catalog::app::ROUTES, rows::app::ROUTES] {
        let folders: Vec<Vec<&str>> = routes
            .iter()
            .map(|route| {
                route.file().strip_suffix("/route.rs").expect("a route file").split('/').collect()
            })
            .collect();
        assert!(folders.is_sorted(), "{folders:#?}");
        let mut patterns: Vec<&str> = routes.iter().map(bff::Route::pattern).collect();
        patterns.sort_unstable();
        patterns.dedup();
        assert_eq!(patterns.len(), routes.len());
    }
}

#[test]
fn segments_tell_the_kinds_of_params_apart() {
    for (pattern, segments) in [
        ("/items/{id}", &[Literal("items"), Param("id")][..]),
        ("/files/{*path}", &[Literal("files"), CatchAll("path")]),
        ("/shop/{*filters}", &[Literal("shop"), OptionalCatchAll("filters")]),
        (
            "/orgs/{org}/repos/{repo_name}/issues/{number}",
            &[
                Literal("orgs"),
                Param("org"),
                Literal("repos"),
                Param("repo_name"),
                Literal("issues"),
                Param("number"),
            ],
        ),
        ("/kinds/{type}", &[Literal("kinds"), Param("type")]),
        ("/{tenant}/app/{id}", &[Param("tenant"), Literal("app"), Param("id")]),
    ] {
        assert_eq!(route(pattern).segments(), segments, "{pattern}");
    }
}

#[test]
fn handlers_have_names_methods_and_docs() {
    let handlers = route("/items/{id}").handlers();
    let names: Vec<&str> = handlers.iter().map(|handler| handler.name()).collect();
    assert_eq!(names, ["show", "replace", "edit"]);
    assert_eq!(handlers[1].methods(), ["PUT"]);
    assert_eq!(handlers[1].docs(), "A wrong id is the client's mistake here, not a missing page.");
    assert_eq!(handlers[0].docs(), "");
}
