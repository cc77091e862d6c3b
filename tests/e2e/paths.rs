//! Typed paths: what `app::…::path` builds, the server takes apart again.

use serde_json::json;

use crate::{
    apps::{
        catalog::{self, Catalog, app},
        rows,
    },
    support::Server,
};

/// Values that a path cannot hold as they stand, and some that it can.
const ODD: &[&str] = &[
    "a", " ", "a b", "x/y", "/", "//", "\\", "%", "%41", "%2F", "?", "a?b=c", "#", "&", "+",
    ";p=1", "=", ":", "@", "日本", "é", "e\u{301}", "🦀", "[id]", "{x}", "<b>", "\"", "'", "`",
    "^", "|", "~", "!$&'()*,", "...", ".a", "a.", "..a", "index", "_under", "\0", "\r\n", "\t",
    "\u{7f}", "\u{a0}", "\u{202e}",
];

#[test]
fn literal_paths_are_written_as_the_server_knows_them() {
    assert_eq!(app::path(), "/");
    assert_eq!(app::about::path(), "/about");
    assert_eq!(app::a_b::path(), "/a%20b");
    assert_eq!(app::日本::path(), "/%E6%97%A5%E6%9C%AC");
    assert_eq!(app::_braces_::path(), "/%7Bbraces%7D");
    assert_eq!(app::_under::path(), "/_under");
    assert_eq!(app::rss_xml::path(), "/rss.xml");
    assert_eq!(app::_well_known::security_txt::path(), "/.well-known/security.txt");
    assert_eq!(app::Upper::Case::path(), "/Upper/Case");
    assert_eq!(rows::app::methods::get_only::path(), "/methods/get-only");
}

#[test]
fn paths_take_the_types_of_their_params() {
    assert_eq!(app::items::id::path(7), "/items/7");
    assert_eq!(app::kinds::r#type::path("book"), "/kinds/book");
    assert_eq!(app::kinds::r#type::path(String::from("book")), "/kinds/book");
    assert_eq!(
        app::orgs::org::repos::repo_name::issues::number::path("a", "b", 3),
        "/orgs/a/repos/b/issues/3"
    );
    assert_eq!(app::tenant::app::id::path("acme", 7), "/acme/app/7");
    assert_eq!(app::files::path::path(["a", "b c"]), "/files/a/b%20c");
    assert_eq!(app::numbers::all::path([1, -2]), "/numbers/1/-2");
    assert_eq!(app::shop::filters::path([""; 0]), "/shop");
    assert_eq!(app::shop::filters::path(vec![String::from("x")]), "/shop/x");
    assert_eq!(app::echo::p::path(["a"]), "/echo/a");
    // No handler takes this one by name.
    assert_eq!(app::untaken::id::path(1), "/untaken/1");
    assert_eq!(app::axum::path::org::id::path("a", 1), "/axum/path/a/1");
}

#[tokio::test]
async fn rh_026_odd_values_come_back_from_the_server_as_they_went() {
    let server = Server::start(app::router(Catalog::default())).await;
    for &odd in ODD {
        let path = app::values::a::b::path(odd, "b");
        assert_eq!(server.get(&path).await.json(), json!([odd, "b"]), "{path}");
        let path = app::values::a::b::path("a", odd);
        assert_eq!(server.get(&path).await.json(), json!(["a", odd]), "{path}");
        let path = app::files::path::path([odd, "middle", odd]);
        assert_eq!(server.get(&path).await.json(), json!([odd, "middle", odd]), "{path}");
        let path = app::echo::p::path([odd]);
        assert_eq!(server.get(&path).await.json()["p"], json!([odd]), "{path}");
        let path = app::axum::rest::path::path([odd]);
        server.get(&path).await.is(200, odd);
    }
    let all: Vec<&str> = ODD.to_vec();
    let path = app::files::path::path(all.clone());
    assert_eq!(server.get(&path).await.json(), json!(all));
}

#[tokio::test]
async fn every_path_of_a_literal_is_served() {
    let server = Server::start(app::router(Catalog::default())).await;
    for (path, text) in [
        (app::path(), "the root, in a group"),
        (app::about::path(), "about, in two groups"),
        (app::a_b::path(), "a space"),
        (app::日本::path(), "nihon"),
        (app::_braces_::path(), "braces"),
        (app::_under::path(), "under"),
        (app::index::path(), "a folder named index"),
        (app::axum::日本::id::path("7"), "日本 7"),
        (app::Upper::Case::path(), "upper case"),
    ] {
        let answer = server.get(&path).await;
        assert_eq!((answer.status, answer.text()), (200, text), "{path}");
    }
}

#[tokio::test]
async fn rh_022_rh_042_a_value_that_no_url_can_carry_reaches_no_handler() {
    // A param is never empty, and dot segments are resolved however they are written.
    let server = Server::start(app::router(Catalog::default())).await;
    for value in ["", ".", ".."] {
        for path in [app::values::a::b::path(value, "b"), app::files::path::path([value, "b"])] {
            let answer = server.get(&path).await;
            assert_eq!(answer.status, 308, "{path}");
            assert!(answer.header("location").is_some_and(|to| !to.starts_with("//")), "{path}");
        }
    }
}

#[tokio::test]
async fn paths_know_nothing_of_a_prefix() {
    let router = bff::axum::Router::new().nest("/base", app::router(Catalog::default()));
    let server = Server::start(router).await;
    server.get(&format!("/base{}", app::items::id::path(7))).await.is(200, "item 7");
}

#[test]
fn the_state_has_no_say_in_paths() {
    // `catalog` is the module that holds `app!`, and its items stay reachable beside it.
    let _: fn() -> String = catalog::app::about::path;
}
