//! Section 23: conflicts and build errors, each with all the files that it is about.

use super::support::{check, check_file, pattern};

/// Checks an app of one route in this folder beside a good one: code and facts of its diagnostic.
#[track_caller]
fn check_mistake(folder: &str, expected: &str) {
    let (code, facts) = expected.split_once(' ').unwrap_or((expected, ""));
    check(
        &format!("//- app/!/route.rs\n//- app/{folder}/route.rs\n"),
        &format!("GET /!\n{code} app/{folder}/route.rs ~ `{folder}` {facts}"),
    );
}

#[test]
fn rh_434_a_page_is_an_error_beside_a_route_and_anywhere_else() {
    check(
        "
        //- app/posts/page.tsx
        //- app/posts/route.rs
        ",
        "
        GET /posts
        BFF0106 app/posts/page.tsx ~ `page.tsx` ~ `route.rs`
        ",
    );
    check(
        "
        //- app/(a)/posts/page.rs
        //- app/(b)/posts/route.rs
        ",
        "
        GET /posts
        BFF0106 app/(a)/posts/page.rs
        ",
    );
}

#[test]
fn rh_435_two_route_files_of_one_url_are_an_error() {
    check(
        "
        //- app/(a)/posts/route.rs
        //- app/(b)/posts/route.rs
        //- app/posts/(c)/route.rs
        ",
        "
        GET /posts
        GET /posts
        GET /posts
        BFF0401 app/(b)/posts/route.rs, app/(a)/posts/route.rs ~ `/posts`
        BFF0401 app/posts/(c)/route.rs, app/(a)/posts/route.rs ~ `/posts`
        ",
    );
    check(
        "
        //- app/(home)/route.rs
        //- app/route.rs
        ",
        "
        GET /
        GET /
        BFF0401 app/(home)/route.rs, app/route.rs ~ `/`
        ",
    );
}

#[test]
fn rh_436_rh_463_a_metadata_file_and_a_route_with_one_url_are_an_error() {
    check(
        "
        //- app/robots.rs
        //- app/robots.txt/route.rs
        ",
        "
        GET /robots.txt
        GET /robots.txt
        BFF0401 app/robots.txt/route.rs, app/robots.rs ~ two files ~ `/robots.txt` ~ metadata file
        ",
    );
}

#[test]
fn rh_437_a_url_of_the_app_folder_and_of_pages_is_an_error() {
    check(
        "
        //- app/(v1)/api/y/route.rs
        //- app/api/posts/[id]/route.rs
        //- app/api/x/route.rs
        //- app/api/z/[...rest]/route.rs
        //- pages/api/posts/[slug].rs
        //- pages/api/x.rs
        //- pages/api/y/index.rs
        //- pages/api/z/[[...rest]].rs
        ",
        "
        GET /api/y
        GET /api/posts/[id]
        every /api/posts/[slug]
        GET /api/x
        every /api/x
        every /api/y
        GET /api/z/[...rest]
        every /api/z/[[...rest]]
        BFF0402 pages/api/posts/[slug].rs, app/api/posts/[id]/route.rs ~ `/api/posts/[id]` ~ `/api/posts/[slug]`
        BFF0401 pages/api/x.rs, app/api/x/route.rs ~ `/api/x` ~ `pages/api`
        BFF0401 pages/api/y/index.rs, app/(v1)/api/y/route.rs ~ `/api/y` ~ `pages/api`
        BFF0403 pages/api/z/[[...rest]].rs, app/api/z/[...rest]/route.rs
        ",
    );
}

#[test]
fn rh_437_different_urls_of_the_app_folder_and_of_pages_stand_together() {
    check(
        "
        //- app/api/posts/route.rs
        //- app/api/[...rest]/route.rs
        //- pages/api/posts/[id].rs
        //- pages/api/index.rs
        ",
        "
        GET /api/[...rest]
        every /api
        GET /api/posts
        every /api/posts/[id]
        ",
    );
}

#[test]
fn rh_438_pf_14_a_public_file_of_a_route_is_an_error() {
    check(
        "
        //- app/f.txt/route.rs
        //- public/f.txt
        ",
        "
        GET /f.txt
        BFF0405 app/f.txt/route.rs, public/f.txt ~ `/f.txt`
        ",
    );
}

#[test]
fn rh_439_a_second_route_file_in_a_folder_is_an_error() {
    check(
        "
        //- app/x/route.js
        //- app/x/route.rs
        //- app/x/route.ts
        ",
        "
        GET /x
        BFF0103 app/x/route.js ~ `route.js` ~ `route.rs`
        BFF0103 app/x/route.ts ~ `route.ts` ~ `route.rs`
        ",
    );
    check(
        "
        //- app/x/Route.rs
        //- app/x/route.rs
        ",
        "
        GET /x
        BFF0102 app/x/Route.rs ~ `Route.rs` ~ `route.rs`
        ",
    );
}

#[test]
fn rh_440_two_patterns_of_one_shape_are_an_error() {
    for (first, second) in [
        ("[id]", "[slug]"),
        ("a/[id]/b", "a/[slug]/b"),
        ("a/[...path]", "a/[...rest]"),
        ("a/[[...path]]", "a/[[...rest]]"),
        ("a/[x-y]", "a/[x_y]"),
    ] {
        check(
            &format!("//- app/{first}/route.rs\n//- app/{second}/route.rs\n"),
            &format!(
                "GET /{first}\nGET /{second}\nBFF0402 app/{second}/route.rs, app/{first}/route.rs ~ `/{first}` ~ `/{second}`"
            ),
        );
    }
    check(
        "
        //- app/(a)/[id]/route.rs
        //- app/(b)/[slug]/route.rs
        ",
        "
        GET /[id]
        GET /[slug]
        BFF0402 app/(b)/[slug]/route.rs, app/(a)/[id]/route.rs
        ",
    );
}

#[test]
fn rh_441_two_names_at_one_level_are_fine_when_the_shapes_differ() {
    check(
        "
        //- app/[id]/route.rs
        //- app/[org]/[repo]/route.rs
        //- app/[slug]/x/route.rs
        ",
        "
        GET /[id]
        GET /[org]/[repo]
        GET /[slug]/x
        ",
    );
}

#[test]
fn rh_441_a_literal_that_looks_like_a_param_is_none() {
    check(
        "
        //- app/%5B%5D/route.rs
        //- app/%5B...%5D/route.rs
        //- app/[...path]/route.rs
        //- app/[id]/route.rs
        ",
        "
        GET /[]
        GET /[...]
        GET /[...path]
        GET /[id]
        ",
    );
}

#[test]
fn rh_442_a_catch_all_beside_an_optional_one_is_an_error() {
    check(
        "
        //- app/a/[...s]/route.rs
        //- app/a/[[...t]]/route.rs
        ",
        "
        GET /a/[...s]
        GET /a/[[...t]]
        BFF0403 app/a/[[...t]]/route.rs, app/a/[...s]/route.rs ~ `/a/[[...t]]` ~ `/a/[...s]`
        ",
    );
    check(
        "
        //- app/(x)/[[...t]]/route.rs
        //- app/[...s]/route.rs
        ",
        "
        GET /[[...t]]
        GET /[...s]
        BFF0403 app/(x)/[[...t]]/route.rs, app/[...s]/route.rs
        ",
    );
    check(
        "
        //- app/[org]/[[...t]]/route.rs
        //- app/[user]/[...s]/route.rs
        ",
        "
        GET /[org]/[[...t]]
        GET /[user]/[...s]
        BFF0403 app/[org]/[[...t]]/route.rs, app/[user]/[...s]/route.rs
        ",
    );
}

#[test]
fn rh_443_a_route_and_an_optional_catch_all_of_one_url_are_an_error() {
    for (folder, optional, url) in [
        ("a", "a/[[...s]]", "`/a`"),
        ("(g)", "[[...s]]", "`/`"),
        ("(g)/a", "a/[[...s]]", "`/a`"),
        ("a/(g)", "a/[[...s]]", "`/a`"),
    ] {
        let mut routes = [folder, optional]
            .map(|folder| (folder, format!("GET {}", pattern(folder).folder_style())));
        routes.sort();
        check(
            &format!("//- app/{folder}/route.rs\n//- app/{optional}/route.rs\n"),
            &format!(
                "{}\n{}\nBFF0404 app/{optional}/route.rs, app/{folder}/route.rs ~ {url} ~ `[...s]`",
                routes[0].1, routes[1].1
            ),
        );
    }
    check(
        "
        //- app/[[...s]]/route.rs
        //- app/route.rs
        ",
        "
        GET /
        GET /[[...s]]
        BFF0404 app/[[...s]]/route.rs, app/route.rs ~ `/`
        ",
    );
    // The names do not matter, the shape does.
    check(
        "
        //- app/[id]/[[...s]]/route.rs
        //- app/[user]/route.rs
        ",
        "
        GET /[id]/[[...s]]
        GET /[user]
        BFF0404 app/[id]/[[...s]]/route.rs, app/[user]/route.rs
        ",
    );
}

#[test]
fn rh_444_pp_21_a_param_name_that_stands_twice_in_a_path_is_an_error() {
    for folder in
        ["[id]/x/[id]", "[id]/[...id]", "[id]/[[...id]]", "[id]/(g)/[id]", "[id]/[id]/[id]"]
    {
        check(
            &format!("//- app/{folder}/route.rs\n"),
            &format!(
                "GET {}\nBFF0209 app/{folder}/route.rs ~ `id`",
                pattern(folder).folder_style()
            ),
        );
    }
}

#[test]
fn rh_445_param_names_that_make_one_argument_name_are_an_error() {
    check(
        "//- app/[a-b]/[a_b]/route.rs",
        "
        GET /[a-b]/[a_b]
        BFF0209 app/[a-b]/[a_b]/route.rs ~ `a-b` ~ `a_b`
        ",
    );
    check("//- app/[a-b]/[ab]/route.rs", "GET /[a-b]/[ab]");
    check_file(
        "[a-b]/[ab]",
        "#[get] async fn show(a_b: u8, ab: u8) {}",
        "show: GET async ([a-b]@0, [ab]@1)",
    );
}

#[test]
fn rh_446_pp_21_a_catch_all_that_is_not_last_is_an_error() {
    for folder in ["[...a]/x", "[[...a]]/x", "x/[...a]/[id]", "[...a]/[...b]", "[...a]/(g)/x"] {
        check(
            &format!("//- app/{folder}/route.rs\n"),
            &format!(
                "GET {}\nBFF0210 app/{folder}/route.rs ~ `[a]`",
                pattern(folder).folder_style()
            ),
        );
    }
    check("//- app/x/[...a]/(g)/route.rs", "GET /x/[...a]");
}

#[test]
fn rh_446_the_message_spells_the_catch_all_as_the_folder_does() {
    check("//- app/[...a]/x/route.rs", "GET /[...a]/x\nBFF0210 app/[...a]/x/route.rs ~ `[...a]`");
    check(
        "//- app/[[...a]]/x/route.rs",
        "GET /[[...a]]/x\nBFF0210 app/[[...a]]/x/route.rs ~ `[[...a]]`",
    );
}

#[test]
fn rh_447_pp_21_an_optional_param_is_an_error() {
    check_mistake("[[id]]", "BFF0204 ~ `[id]` ~ `[[...id]]`");
}

#[test]
fn rh_448_a_param_without_a_name_is_an_error() {
    check_mistake("[]", "BFF0201 ~ `[id]`");
    check_mistake("[...]", "BFF0201 ~ `[...id]`");
    check_mistake("[[...]]", "BFF0201 ~ `[[...id]]`");
    check_mistake("[[]]", "BFF0201 ~ `[id]`");
}

#[test]
fn rh_449_pp_21_the_ellipsis_character_is_an_error() {
    check_mistake("[…x]", "BFF0205 ~ `[...x]`");
    check_mistake("[[…x]]", "BFF0205 ~ `[[...x]]`");
}

#[test]
fn rh_450_one_two_or_four_dots_are_an_error() {
    check_mistake("[.x]", "BFF0206 ~ `[x]` ~ `[...x]`");
    check_mistake("[..x]", "BFF0206 ~ `[x]` ~ `[...x]`");
    check_mistake("[....x]", "BFF0206 ~ `[...x]`");
    check_mistake("[[..x]]", "BFF0206 ~ `[[...x]]`");
}

#[test]
fn rh_451_brackets_that_do_not_pair_up_are_an_error() {
    check_mistake("[id", "BFF0202 ~ `[id]`");
    check_mistake("id]", "BFF0202 ~ `[id]`");
    check_mistake("[[id", "BFF0202 ~ `[id]`");
    check_mistake("[...path", "BFF0202 ~ `[...path]`");
    check_mistake("[[...path", "BFF0202 ~ `[[...path]]`");
    check_mistake("[", "BFF0202 ~ `[id]`");
    check_mistake("]", "BFF0202 ~ `[id]`");
    check_mistake("]id[", "BFF0203");
    check_mistake("[id]]", "BFF0207 ~ `[id]`");
    check_mistake("[[id]", "BFF0207 ~ `[id]`");
    check_mistake("[[...path]", "BFF0207 ~ `[[...path]]`");
    check_mistake("[[[id]]]", "BFF0207 ~ `[id]`");
    check_mistake("[[[...path]]]", "BFF0207 ~ `[[...path]]`");
}

#[test]
fn rh_452_a_setting_that_is_wrong_is_an_error() {
    check_file(
        "[id]",
        "
        #[get(content_type = \"a/b\")] async fn a(id: u8) {}
        #[post(ratelimit = 5)] async fn b(id: u8) {}
        #[put(invalid_parm = 400)] async fn c(id: u8) {}
        ",
        "
        a: GET async ([id]@0)
        b: POST async ([id]@0)
        c: PUT async ([id]@0)
        BFF0310 app/[id]/route.rs:1:7 ~ `content_type`
        BFF0309 app/[id]/route.rs:2:8 ~ `ratelimit` ~ `rate_limit`
        BFF0309 app/[id]/route.rs:3:7 ~ `invalid_parm` ~ `invalid_param`
        ",
    );
}

#[test]
fn rh_453_routes_are_listed_by_folder() {
    check(
        "
        //- app/b/route.rs
        //- app/a/route.rs
        //- app/a/[id]/route.rs
        //- app/a/b/route.rs
        ",
        "
        GET /a
        GET /a/[id]
        GET /a/b
        GET /b
        ",
    );
}
