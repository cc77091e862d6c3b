//! Section 1.1: which files make a URL reachable.

use super::support::check;

#[test]
fn rh_004_a_folder_with_a_route_file_is_a_url() {
    check(
        "
        //- app/route.rs
        //- app/api/posts/route.rs
        ",
        "
        GET /
        GET /api/posts
        ",
    );
}

#[test]
fn rh_005_a_folder_without_a_route_file_is_no_url_and_its_files_are_never_served() {
    check(
        "
        //- app/route.rs
        //- app/api/queries.rs
        //- app/api/posts/route.rs
        //- app/api/posts/fixtures.json
        //- app/api/posts/tests.rs
        ",
        "
        GET /
        GET /api/posts
        ",
    );
}

#[test]
fn rh_006_handlers_stand_at_any_depth_and_api_is_an_ordinary_name() {
    check(
        "
        //- app/a/b/c/d/e/f/route.rs
        //- app/b/api/route.rs
        //- app/health/route.rs
        ",
        "
        GET /a/b/c/d/e/f
        GET /b/api
        GET /health
        ",
    );
}

#[test]
fn rh_007_src_app_is_the_app_folder_when_there_is_no_other() {
    check("//- src/app/posts/route.rs", "GET /posts");
}

#[test]
fn rh_007_two_app_folders_are_an_error() {
    check(
        "
        //- app/posts/route.rs
        //- src/app/posts/route.rs
        //- src/app/comments/route.rs
        ",
        "
        GET /posts
        BFF0104 src/app, app ~ `app` ~ `src/app`
        ",
    );
}

#[test]
fn rh_008_page_parts_beside_a_route_take_no_part_in_it() {
    check(
        "
        //- app/layout.rs
        //- app/posts/error.rs
        //- app/posts/layout.tsx
        //- app/posts/loading.rs
        //- app/posts/not_found.rs
        //- app/posts/not-found.tsx
        //- app/posts/route.rs
        //- app/posts/template.rs
        ",
        "GET /posts",
    );
}

#[test]
fn rh_009_a_route_file_inherits_nothing_from_the_folders_above() {
    check(
        "
        //- app/layout.rs
        #![cfg(any())]
        pub const DYNAMIC: &str = \"force-static\";
        #[post]
        async fn not_a_handler() {}
        //- app/posts/route.rs
        ",
        "GET /posts",
    );
}

#[test]
fn rh_010_one_route_file_has_all_the_methods_of_its_url() {
    check(
        "
        //- app/posts/route.rs
        #[get] async fn list() {}
        #[post] async fn create() {}
        ",
        "GET, POST /posts",
    );
    check(
        "
        //- app/(read)/posts/route.rs
        #[get] async fn list() {}
        //- app/(write)/posts/route.rs
        #[post] async fn create() {}
        ",
        "
        GET /posts
        POST /posts
        BFF0401 app/(write)/posts/route.rs, app/(read)/posts/route.rs ~ `/posts`
        ",
    );
}

#[test]
fn an_app_without_an_app_folder_has_no_routes() {
    check("", "BFF0101 app ~ `app/route.rs`");
    check("//- src/main.rs", "BFF0101 app");
    check("//- public/logo.svg", "BFF0101 app");
}

#[test]
fn an_app_folder_without_a_route_file_is_an_error() {
    check("//- app/helpers.rs", "BFF0108 app ~ `app/route.rs`");
    check("//- src/app/_lib/db.rs", "BFF0108 src/app ~ `src/app/route.rs`");
    // With another mistake at hand, that one is the reason.
    check("//- app/page.tsx", "BFF0106 app/page.tsx");
}
