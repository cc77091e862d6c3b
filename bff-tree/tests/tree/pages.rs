//! Section 27.1: files below `pages/api`, where the file name is the last segment.

use super::support::{check, check_api_file, check_file};

#[test]
fn rh_470_a_file_serves_the_url_of_its_name_and_index_that_of_its_folder() {
    check(
        "
        //- pages/api/index.rs
        //- pages/api/hello.rs
        //- pages/api/posts/index.rs
        //- pages/api/posts/latest.rs
        //- pages/api/index/index.rs
        //- pages/api/rss.xml.rs
        //- pages/api/route.rs
        //- pages/api/%5Fx.rs
        //- pages/api/(admin)/users.rs
        ",
        "
        every /api/_x
        every /api/users
        every /api/hello
        every /api
        every /api/index
        every /api/posts
        every /api/posts/latest
        every /api/route
        every /api/rss.xml
        ",
    );
    check("//- pages/api.rs", "every /api");
}

#[test]
fn rh_471_params_are_spelt_by_file_and_folder_names_alike() {
    check(
        "
        //- pages/api/posts/[pid].rs
        //- pages/api/posts/[pid]/comments.rs
        //- pages/api/files/[...slug].rs
        //- pages/api/shop/[[...slug]].rs
        //- pages/api/orgs/[org]/index.rs
        ",
        "
        every /api/files/[...slug]
        every /api/orgs/[org]
        every /api/posts/[pid]
        every /api/posts/[pid]/comments
        every /api/shop/[[...slug]]
        ",
    );
}

#[test]
fn rh_471_arguments_are_named_after_the_segments_of_file_and_folders() {
    check_api_file(
        "orgs/[org]/[...rest].rs",
        "#[bff::api] async fn show(org: String, rest: Vec<String>, State(db): State<Db>) {}",
        "show: every async ([org]@2, [...rest]@3, _)",
    );
    check_api_file(
        "[post-id]/index.rs",
        "#[api(invalid_param = 400)] fn show(post_id: u64) {}",
        "show: every sync ([post-id]@1) invalid 400",
    );
    check_api_file(
        "[id].rs",
        "#[api] async fn show(idd: u64) {}",
        "
        show: every async (_)
        BFF0306 pages/api/[id].rs:1:22 ~ did you mean `id`?
        ",
    );
    check_api_file(
        "[id].rs",
        "#[api] fn show() -> impl bff::Handler { library::handler() }",
        "show: every factory ()",
    );
}

#[test]
fn rh_470_pages_stand_beside_the_app_folder_or_instead_of_it() {
    check("//- src/app/x/route.rs\n//- src/pages/api/y.rs", "every /api/y\nGET /x");
    check("//- src/pages/api/y.rs", "every /api/y");
    // An app folder without routes is none of a mistake then.
    check("//- app/helper.rs\n//- pages/api/y.rs", "every /api/y");
}

#[test]
fn a_pages_folder_elsewhere_is_an_error_when_it_is_meant_for_bff() {
    check(
        "
        //- app/x/route.rs
        //- src/pages/api/mod.rs
        pub mod client;
        //- src/pages/api/y.rs
        #[bff::api] async fn y() {}
        ",
        "
        GET /x
        BFF0110 src/pages/api/y.rs ~ `app` ~ `pages/api`
        ",
    );
    check(
        "//- src/app/x/route.rs\n//- pages/api/y.rs",
        "GET /x\nBFF0110 pages/api/y.rs ~ `src/app` ~ `src/pages/api`",
    );
    check(
        "//- pages/api/x.rs\n//- src/pages/api/y.rs",
        "every /api/x\nBFF0110 src/pages/api/y.rs ~ `pages/api`",
    );
}

#[test]
fn pages_outside_of_api_are_not_ours() {
    for path in [
        "pages/index.tsx",
        "pages/about.rs",
        "pages/_app.tsx",
        "pages/apis/x.rs",
        "pages/api-docs.rs",
    ] {
        check(&format!("//- app/route.rs\n//- {path}"), "GET /");
    }
    check("//- pages/index.tsx", "BFF0101 app");
}

#[test]
fn what_is_private_or_no_rust_file_is_not_served() {
    for path in [
        "_db.rs",
        "_lib/x.rs",
        "x/_y.rs",
        "_old.ts",
        "data.json",
        "README.md",
        "x.rs~",
        "._x.rs",
        "x.tsx",
        "x.d.ts",
        "x.test.ts",
    ] {
        check(
            &format!("//- pages/api/x.rs\n//- pages/api/{path}\nfn helper() {{}}"),
            "every /api/x",
        );
    }
    check(
        "//- pages/api/x.rs\n//- pages/api/_old/y.rs\n//- pages/api/_z.rs",
        "
        every /api/x
        BFF0105 pages/api/_old/y.rs ~ `_old` ~ `%5Fold`
        BFF0105 pages/api/_z.rs ~ `_z` ~ `%5Fz`
        ",
    );
}

#[test]
fn a_file_that_is_nearly_an_api_file_is_an_error() {
    for (name, code, help) in [
        ("y.ts", "BFF0103", "`y.rs`"),
        ("y.js", "BFF0103", "`y.rs`"),
        ("y/index.mjs", "BFF0103", "`index.rs`"),
        ("[...y].ts", "BFF0103", "`[...y].rs`"),
        ("y.RS", "BFF0102", "`y.rs`"),
    ] {
        check(
            &format!("//- pages/api/x.rs\n//- pages/api/{name}"),
            &format!("every /api/x\n{code} pages/api/{name} ~ {help}"),
        );
    }
    check("//- pages/api/README.md", "BFF0108 pages/api ~ `pages/api/hello.rs`");
}

#[test]
fn rh_447_to_rh_451_a_wrong_file_name_is_an_error_as_a_wrong_folder_is() {
    for (file, line) in [
        ("[id.rs", "BFF0202 pages/api/[id.rs ~ rename the file to `[id].rs`"),
        ("[name].json.rs", "BFF0203 pages/api/[name].json.rs ~ the whole file name before `.rs`"),
        ("[[id]].rs", "BFF0204 pages/api/[[id]].rs ~ `[id].rs` and an `index.rs`"),
        ("[..id].rs", "BFF0206 pages/api/[..id].rs"),
        ("@x.rs", "BFF0211 pages/api/@x.rs ~ rename the file"),
        ("(x).rs", "BFF0213 pages/api/(x).rs ~ `(x)/index.rs`"),
        ("{id}.rs", "BFF0215 pages/api/{id}.rs ~ rename the file to `[id].rs`"),
        ("[..x]/y.rs", "BFF0206 pages/api/[..x]/y.rs"),
        ("[...x]/y.rs", "every /api/[...x]/y\nBFF0210 pages/api/[...x]/y.rs"),
    ] {
        check(&format!("//- pages/api/{file}"), line);
    }
    // One message for a folder, and one for each file.
    check(
        "//- pages/api/[..x]/y.rs\n//- pages/api/[..x]/z.rs\n//- pages/api/[id.rs",
        "BFF0206 pages/api/[..x]/y.rs\nBFF0202 pages/api/[id.rs",
    );
}

#[test]
fn rh_470_two_files_for_one_url_are_an_error() {
    check(
        "
        //- pages/api/x.rs
        //- pages/api/x/index.rs
        //- pages/api/(a)/y.rs
        //- pages/api/y.rs
        //- pages/api/[id].rs
        //- pages/api/[slug]/index.rs
        ",
        "
        every /api/y
        every /api/[id]
        every /api/[slug]
        every /api/x
        every /api/x
        every /api/y
        BFF0402 pages/api/[slug]/index.rs, pages/api/[id].rs
        BFF0401 pages/api/x/index.rs, pages/api/x.rs ~ `/api/x` ~ `index`
        BFF0401 pages/api/y.rs, pages/api/(a)/y.rs
        ",
    );
    check(
        "//- pages/api/shop.rs\n//- pages/api/shop/[[...x]].rs",
        "every /api/shop\nevery /api/shop/[[...x]]\nBFF0404 pages/api/shop/[[...x]].rs, pages/api/shop.rs ~ `[...x].rs`",
    );
}

#[test]
fn names_that_differ_in_case_only_are_an_error_in_pages_too() {
    check(
        "//- pages/api/X.rs\n//- pages/api/x.rs\n//- pages/api/x/y.rs",
        "every /api/X\nevery /api/x\nevery /api/x/y\nBFF0406 pages/api/x.rs ~ `pages/api/X.rs`",
    );
    check("//- app/Pages/api/x/route.rs\n//- pages/api/x.rs", "GET /Pages/api/x\nevery /api/x");
}

#[test]
fn a_public_file_and_an_api_file_of_one_url_are_an_error() {
    check(
        "//- pages/api/x.json.rs\n//- public/api/x.json",
        "every /api/x.json\nBFF0405 pages/api/x.json.rs, public/api/x.json",
    );
}

#[test]
fn rh_470_a_file_has_one_function_for_all_methods() {
    for (text, expected) in [
        ("fn helper() {}", "BFF0319 pages/api/x.rs ~ `#[bff::api]` ~ `_`"),
        ("", "index: every async ()"),
        ("#[bff::apis] fn x() {}", "BFF0303 pages/api/x.rs:1:8 ~ did you mean `#[api]`?"),
        (
            "#[api] fn a() {}\n#[api] fn b() {}",
            "a: every sync ()\nb: every sync ()\nBFF0320 pages/api/x.rs:2:11, pages/api/x.rs:1:11 ~ `a` ~ `b`",
        ),
        (
            "#[cfg(x)] #[api] fn a() {}\n#[cfg(not(x))] #[api] fn b() {}",
            "a: every sync () cfg(x)\nb: every sync () cfg(not (x))",
        ),
        ("#[api] #[api] fn a() {}", "a: every sync ()\nBFF0320 pages/api/x.rs:1:10 ~ twice"),
        ("#[get] fn a() {}", "BFF0321 pages/api/x.rs:1:3 ~ `#[get]` ~ `#[bff::api]`"),
        ("#[bff::route(GET, POST)] fn a() {}", "BFF0321 pages/api/x.rs:1:8 ~ `#[route]`"),
        ("#[api] #[post] fn a() {}", "BFF0321 pages/api/x.rs:1:10 ~ `#[post]`"),
        ("#[api] fn a() {}\n#[get] fn b() {}", "a: every sync ()\nBFF0321 pages/api/x.rs:2:3"),
        ("#[api(GET)] fn a() {}", "a: every sync ()\nBFF0311 pages/api/x.rs:1:7 ~ `Method`"),
        ("#[api(GET, POST)] fn a() {}", "a: every sync ()\nBFF0311 pages/api/x.rs:1:7"),
        ("#[api(\"/x\")] fn a() {}", "a: every sync ()\nBFF0311 pages/api/x.rs:1:7"),
        ("#[api(content_type = 1)] fn a() {}", "a: every sync ()\nBFF0310 pages/api/x.rs:1:7"),
        ("#[api] struct X;", "BFF0313 pages/api/x.rs:1:3 ~ `struct`"),
        ("mod m {\n    #[api] fn a() {}\n}", "BFF0314 pages/api/x.rs:2:5 ~ `#[api]`"),
        ("#[cfg_attr(x, bff::api)] fn a() {}", "BFF0318 pages/api/x.rs:1:3 ~ `#[api]`"),
        // A name means nothing here, and a helper may have any.
        ("#[api] fn handler() {}\nfn get() {}\nfn POST() {}", "handler: every sync ()"),
    ] {
        check_api_file("x.rs", text, expected);
    }
}

#[test]
fn an_api_function_in_a_route_file_is_an_error() {
    check_file("x", "#[api] fn a() {}", "BFF0322 app/x/route.rs:1:3 ~ `#[bff::get]` ~ `pages/api`");
    check_file(
        "x",
        "#[get] fn a() {}\n#[bff::api] fn b() {}",
        "a: GET sync ()\nBFF0322 app/x/route.rs:2:8",
    );
}
