//! Sections 1.1 and 1.2 of the spec: which URLs an app folder makes reachable.

use crate::{
    apps::catalog::{self, Catalog},
    support::{Server, call},
};

async fn server() -> Server {
    Server::start(catalog::app::router(Catalog::default())).await
}

#[tokio::test]
async fn rh_004_rh_006_a_route_file_makes_its_folder_reachable_at_any_depth() {
    let server = server().await;
    server.get("/").await.is(200, "the root, in a group");
    server.get("/shop/cart").await.is(200, "cart");
    server.get("/.well-known/security.txt").await.is(200, "Contact: mailto:security@example.com");
}

#[tokio::test]
async fn rh_005_files_beside_a_route_are_never_served() {
    let server = server().await;
    server.get("/colocated").await.is(200, "from the helper beside");
    for path in [
        "/colocated/data.json",
        "/colocated/helpers",
        "/colocated/helpers.rs",
        "/colocated/route",
        "/colocated/route.rs",
        "/only-files",
        "/only-files/readme.txt",
        "/axum",
    ] {
        server.get(path).await.problem(404);
    }
}

#[tokio::test]
async fn rh_012_literals_are_compared_case_by_case() {
    let server = server().await;
    server.get("/Upper/Case").await.is(200, "upper case");
    for path in
        ["/UPPER/CASE", "/upper/case", "/Upper/case", "/Shop/cart", "/About", "/RSS.xml", "/DAV"]
    {
        server.get(path).await.problem(404);
    }
    server.get("/shop/Cart").await.is(200, r#"filters Some(["Cart"])"#);
}

#[tokio::test]
async fn rh_013_rh_397_dots_are_literal() {
    let server = server().await;
    server.get("/rss.xml").await.is(200, "<rss/>");
    server.get("/.well-known/security.txt").await.is(200, "Contact: mailto:security@example.com");
    for path in ["/rssxxml", "/rss", "/well-known/security.txt", "/.well-known"] {
        server.get(path).await.problem(404);
    }
}

#[tokio::test]
async fn rh_014_groups_are_no_part_of_the_url() {
    let server = server().await;
    server.get("/about").await.is(200, "about, in two groups");
    for path in ["/(site)/about", "/(inner)/about", "/(site)", "/site", "/%28site%29/about"] {
        server.get(path).await.problem(404);
    }
}

#[tokio::test]
async fn rh_015_private_folders_are_never_routed() {
    let server = server().await;
    for path in ["/_private", "/_private/below", "/private", "/below", "/%5Fprivate"] {
        server.get(path).await.problem(404);
    }
}

#[tokio::test]
async fn rh_016_a_percent_encoded_folder_is_matched_by_the_decoded_url_only() {
    let server = server().await;
    server.get("/_under").await.is(200, "under");
    server.get("/%5Funder").await.problem(404);
    server.get("/%5funder").await.problem(404);
}

#[tokio::test]
async fn rh_019_letters_beyond_ascii_and_spaces_match_decoded() {
    let server = server().await;
    for path in ["/%E6%97%A5%E6%9C%AC", "/%e6%97%a5%e6%9c%ac"] {
        server.get(path).await.is(200, "nihon");
    }
    server.get("/a%20b").await.is(200, "a space");
    server.get("/a+b").await.problem(404);
    for path in ["/%7Bbraces%7D", "/%7bbraces%7d"] {
        server.get(path).await.is(200, "braces");
    }
    server.get("/braces").await.problem(404);
    for path in ["/axum/%E6%97%A5%E6%9C%AC/7", "/axum/%e6%97%a5%e6%9c%ac/7"] {
        server.get(path).await.is(200, "日本 7");
    }
}

#[tokio::test]
async fn rh_021_index_is_an_ordinary_word() {
    let server = server().await;
    server.get("/index").await.is(200, "a folder named index");
    let echo = server.get("/echo/index").await.json();
    assert_eq!((&echo["p"], &echo["uri"]), (&serde_json::json!(["index"]), &"/echo/index".into()));
    server.get("/about/index").await.problem(404);
}

#[tokio::test]
async fn the_whole_file_or_a_handler_may_be_left_out_of_a_build() {
    let server = server().await;
    server.get("/left-out").await.problem(404);
    server.get("/built").await.is(200, "the one that is built");
    let answer = server.send(call("POST /built")).await;
    answer.problem(405);
    assert_eq!(answer.lines("allow"), ["GET, HEAD, OPTIONS"]);
}

#[tokio::test]
async fn rh_019_a_literal_matches_in_every_spelling_behind_axums_router_too() {
    let server = server().await;
    // What a client may leave as it is, and what it may escape.
    for path in ["/日本", "/{braces}"] {
        assert_eq!(server.get(path).await.status, 200, "{path}");
    }
    for path in ["/axum/日本/7", "/axum/日本/7/"] {
        server.get(path).await.is(200, "日本 7");
    }
    for path in [
        "/axum/c++%20%7B1%7D/7",
        "/axum/c++%20%7b1%7d/7/",
        "/axum/c%2B%2B%20{1}/7",
        "/axum/c++%20{1}/7",
    ] {
        server.get(path).await.is(200, "odd 7");
    }
}

#[tokio::test]
async fn rh_022_a_folder_named_like_the_app_folder_is_an_ordinary_one() {
    let server = server().await;
    server.get("/acme/app/7").await.is(200, "acme 7");
    server.get("/nested/app/7").await.is(200, "nested 7");
    server.get("/acme/app/x").await.problem(404);
    server.get("/acme/7").await.problem(404);
}
