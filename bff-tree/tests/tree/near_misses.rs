//! Files that are nearly a convention, and files that only look like it.

use super::support::{check, check_file};

/// Checks one more file in an app that is otherwise fine: its code, if it has one.
#[track_caller]
fn check_name(path: &str, code: Option<&str>) {
    let expected = code.map_or_else(String::new, |code| format!("{code} {path} ~ `route.rs`"));
    check(&format!("//- app/route.rs\n//- {path}\n"), &format!("GET /\n{expected}"));
}

#[test]
fn a_file_that_is_nearly_named_route_rs_is_an_error() {
    for name in [
        "Route.rs",
        "ROUTE.rs",
        "route.RS",
        "Route.Rs",
        "routes.rs",
        "Routes.rs",
        "rout.rs",
        "ruote.rs",
        "routee.rs",
        "toute.rs",
        "route_.rs",
        ".route.rs",
    ] {
        check_name(&format!("app/x/{name}"), Some("BFF0102"));
    }
}

#[test]
fn a_route_file_of_another_language_is_an_error() {
    for name in
        ["route.ts", "route.js", "route.tsx", "route.jsx", "route.mjs", "route.py", "Route.ts"]
    {
        check_name(&format!("app/x/{name}"), Some("BFF0103"));
    }
}

#[test]
fn a_page_is_an_error() {
    for name in ["page.rs", "page.tsx", "page.jsx", "page.js", "page.ts", "Page.tsx"] {
        check_name(&format!("app/x/{name}"), Some("BFF0106"));
    }
}

#[test]
fn a_helper_is_not_taken_for_a_convention() {
    for name in [
        "router.rs",
        "root.rs",
        "rote.rs",
        "routing.rs",
        "route_tests.rs",
        "route_params.rs",
        "tests.rs",
        "mod.rs",
        "main.rs",
        "pages.rs",
        "page_size.rs",
        "robot.rs",
        "icons.rs",
        "icon.ts",
        "proxies.rs",
        "proxy_tests.rs",
        "data.json",
        "styles.css",
        "route",
        "route.md",
        "route.json",
        "route.rs.bak",
        "route.rs~",
        "route.rs.orig",
        "route.test.ts",
        "#route.rs#",
        ".route.rs.swp",
        "._route.rs",
        ".DS_Store",
        ".gitkeep",
    ] {
        check_name(&format!("app/x/{name}"), None);
        check_name(&format!("app/{name}"), None);
    }
}

#[test]
fn a_private_folder_may_hold_anything() {
    for name in ["Route.rs", "route.ts", "page.tsx", "proxy.rs", "middleware.rs"] {
        check_name(&format!("app/_lib/{name}"), None);
        check_name(&format!("app/x/_lib/y/{name}"), None);
    }
}

#[test]
fn px_01_px_02_px_04_a_proxy_inside_the_app_folder_is_never_run() {
    for name in ["proxy.rs", "middleware.rs", "proxy.ts", "middleware.ts", "middleware.js"] {
        for path in [format!("app/{name}"), format!("app/api/{name}")] {
            check(
                &format!("//- app/route.rs\n//- {path}\n"),
                &format!("GET /\nBFF0501 {path} ~ `{name}`"),
            );
        }
    }
}

#[test]
fn px_01_px_02_px_04_px_06_px_07_px_08_a_proxy_beside_the_app_folder_has_one_name_and_one_place() {
    for name in ["Proxy.rs", "proxy.ts", "proxy.js", "middleware.ts"] {
        check(
            &format!("//- app/route.rs\n//- {name}\n"),
            &format!("GET /\nBFF0501 {name} ~ `{name}`"),
        );
    }
    check("//- src/app/route.rs\n//- proxy.rs\n", "GET /\nBFF0501 proxy.rs ~ `src/proxy.rs`");
    check("//- app/route.rs\n//- proxy.rs\nfn proxy() {}\n", "GET /\nBFF0503 proxy.rs:1:4");
    let proxy = "#[proxy]\nasync fn proxy() {}\n";
    for (app, file) in [("app", "proxy.rs"), ("app", "middleware.rs"), ("src/app", "src/proxy.rs")]
    {
        check(&format!("//- {app}/route.rs\n//- {file}\n{proxy}"), "GET /");
    }
    check(
        &format!("//- app/route.rs\n//- proxy.rs\n{proxy}//- middleware.rs\n{proxy}"),
        "GET /\nBFF0504 proxy.rs, middleware.rs",
    );
    check(
        &format!("//- app/route.rs\n//- proxy.rs\n{proxy}{proxy}"),
        "GET /\nBFF0503 proxy.rs:4:10, proxy.rs:2:10",
    );
    // Written to run and not run: what it guards would stand open.
    check(
        &format!("//- app/route.rs\n//- src/proxy.rs\n{proxy}"),
        "GET /\nBFF0501 src/proxy.rs ~ `proxy.rs`",
    );
    // These are modules of the program; `middleware` is a usual name for one wherever the app folder is.
    for (app, name) in
        [("app", "src/proxy.rs"), ("app", "src/middleware.rs"), ("src/app", "src/middleware.rs")]
    {
        check(&format!("//- {app}/route.rs\n//- {name}\n"), "GET /");
    }
}

#[test]
fn a_configuration_that_is_not_read_is_refused() {
    for path in [
        "app/bff.toml",
        "app/x/bff.toml",
        "src/bff.toml",
        "Bff.toml",
        "BFF.toml",
        "bff.json",
        "bff.yaml",
        "bff.yml",
    ] {
        check(
            &format!("//- app/route.rs\n//- {path}\n"),
            &format!("GET /\nBFF0810 {path} ~ `bff.toml`"),
        );
        check(
            &format!("//- app/route.rs\n//- bff.toml\n//- {path}\n"),
            &format!("GET /\nBFF0810 {path} ~ `bff.toml`"),
        );
    }
    for app in ["app", "src/app"] {
        check(&format!("//- {app}/route.rs\n//- bff.toml\n"), "GET /");
    }
    check("//- app/route.rs\n//- app/_lib/bff.toml\n", "GET /");
}

#[test]
fn a_param_in_another_routers_spelling_is_named() {
    for (folder, param) in [("{id}", "`[id]`"), (":id", "`[id]`"), ("{*path}", "`[...path]`")] {
        check(
            &format!("//- app/{folder}/route.rs\n"),
            &format!("BFF0215 app/{folder}/route.rs ~ `{folder}` ~ {param}"),
        );
    }
}

#[test]
fn a_handler_attribute_inside_a_cfg_attr_is_not_lost_silently() {
    check_file(
        "posts",
        "#[cfg_attr(feature = \"x\", bff::get)] fn show() {}",
        "BFF0318 app/posts/route.rs:1:3 ~ `#[get]` ~ `#[cfg(…)]`",
    );
    check_file(
        "posts",
        "#[cfg_attr(feature = \"get\", inline)] #[get] fn show() {}",
        "show: GET sync ()",
    );
}
