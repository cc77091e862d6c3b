//! Many mistakes at once, and the order in which they are told.

use bff_tree::{Checked, SourceTree, check as check_source};

use super::support::check;

const MANY: &str = "
    //- app/(a)/x/route.rs
    //- app/(b)/x/route.rs
    //- app/Route.rs
    //- app/[id/route.rs
    //- app/_lib/route.rs
    //- app/big/route.rs
    #[get] async fn a(page: u8) {}
    #[gett] async fn b() {}
    #[post(content_type = 1)] async fn c<T>() {}
    #[get] async fn d() {}
    //- app/empty/route.rs
    // nothing
    //- app/page.tsx
    //- app/proxy.rs
    //- app/z/[...rest]/y/route.rs
    //- proxy.rs
    //- public/x
    //- src/app/route.rs
";

#[test]
fn every_mistake_is_reported_at_once_in_the_order_of_the_places() {
    check(
        MANY,
        "
        GET /x
        GET /x
        GET, POST, GET /big
        nothing /empty
        GET /z/[...rest]/y
        BFF0405 app/(a)/x/route.rs, public/x
        BFF0401 app/(b)/x/route.rs, app/(a)/x/route.rs
        BFF0405 app/(b)/x/route.rs, public/x
        BFF0102 app/Route.rs
        BFF0202 app/[id/route.rs
        BFF0105 app/_lib/route.rs
        BFF0307 app/big/route.rs:1:19
        BFF0310 app/big/route.rs:3:8
        BFF0305 app/big/route.rs:3:38
        BFF0302 app/big/route.rs:4:17, app/big/route.rs:1:17
        BFF0301 app/empty/route.rs
        BFF0106 app/page.tsx
        BFF0501 app/proxy.rs
        BFF0210 app/z/[...rest]/y/route.rs
        BFF0503 proxy.rs
        BFF0104 src/app, app
        ",
    );
}

#[test]
fn the_order_does_not_depend_on_the_order_of_the_files() {
    let text = super::support::dedent(MANY);
    let files: Vec<&str> = text.split_inclusive("\n").collect();
    let mut parts: Vec<String> = Vec::new();
    for line in files {
        if line.starts_with("//- ") {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(line);
        }
    }
    let checked =
        |parts: &[String]| -> Checked { check_source(&SourceTree::from_fixture(&parts.concat())) };
    let expected = checked(&parts);
    assert!(expected.diagnostics.len() > 10);
    for _ in 0..parts.len() {
        parts.rotate_left(1);
        assert_eq!(checked(&parts), expected);
    }
    parts.reverse();
    assert_eq!(checked(&parts), expected);
}

#[test]
fn a_mistake_of_one_handler_leaves_the_tree_valid() {
    let source = SourceTree::from_fixture("//- app/route.rs\n#[get] fn a(page: u8) {}\n");
    let checked = check_source(&source);
    assert_eq!(checked.diagnostics.len(), 1);
    assert_eq!(checked.diagnostics.for_tree().count(), 0);
    let tree = checked.into_valid().expect("its attribute reports it");
    assert_eq!(tree.routes().len(), 1);
}

#[test]
fn a_mistake_of_the_tree_gives_the_tree_back() {
    let source = SourceTree::from_fixture("//- app/route.rs\n#[get] fn a() {}\n//- app/page.rs\n");
    let checked = check_source(&source).into_valid().expect_err("a page");
    assert_eq!(checked.tree.routes.len(), 1);
    assert_eq!(checked.diagnostics.for_tree().count(), 1);
}
