//! `base_path` and `trailing_slash`: section 11 of the specification and the vectors of its annex 5.6.

use bff::axum::Router;

use crate::{
    apps::based::app,
    support::{Server, call},
};

async fn server() -> Server {
    Server::start(app::router()).await
}

#[tokio::test]
async fn annex_5_6_bp_01_bp_02_bp_04_bp_11_bp_13_pf_01_everything_is_below_the_base_path_in_one_form()
 {
    let server = server().await;
    for (path, status, location) in [
        ("/", 404, None),
        ("/about", 404, None),
        ("/docsx", 404, None),
        ("/docsx/about/", 404, None),
        ("/docs", 308, Some("/docs/")),
        ("/docs/", 200, None),
        ("/docs?a=1", 308, Some("/docs/?a=1")),
        ("/docs/about", 308, Some("/docs/about/")),
        ("/docs/about/", 200, None),
        ("/docs/p.txt", 200, None),
        ("/docs/p.txt/", 308, Some("/docs/p.txt")),
        ("/p.txt", 404, None),
        ("/p.txt/", 404, None),
        ("/docs/api/v1.2", 200, None),
        ("/docs/api/v1.2/", 308, Some("/docs/api/v1.2")),
        ("/docs/.well-known/thing", 200, None),
        ("/docs/.well-known/thing/", 200, None),
        ("/docs/old/", 307, Some("/docs/new")),
        ("/docs/old", 308, Some("/docs/old/")),
        ("/docs/home/", 307, Some("/docs/")),
        ("/oldb/", 307, Some("https://e.com/")),
        ("/oldb", 307, Some("https://e.com/")),
        ("/docs/oldb/", 404, None),
        ("/olda", 307, Some("/outside")),
        ("/docs/foo.bar/baz", 308, Some("/docs/foo.bar/baz/")),
        ("/docs/foo.bar/baz/", 200, None),
        ("/docs//about/", 308, Some("/docs/about/")),
        ("/docs/../about/", 308, Some("/about/")),
    ] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (status, location), "{path}");
        if status == 308 && !path.contains("//") && !path.contains("..") {
            let refresh = format!("0;url={}", location.unwrap_or_default());
            assert_eq!(answer.header("refresh"), Some(&*refresh), "BP-10 {path}");
            assert_eq!(Some(answer.text()), location, "{path}");
        }
    }
}

#[tokio::test]
async fn bp_15_pl_11_other_methods_are_redirected_as_well() {
    let answer = server().await.send(call("POST /docs/about?x=1").body("x")).await;
    assert_eq!((answer.status, answer.header("location")), (308, Some("/docs/about/?x=1")));
}

#[tokio::test]
async fn pp_12_rd_11_hd_01_sources_are_below_the_base_path_with_a_slash_and_without() {
    let server = server().await;
    let about = server.get("/docs/about/").await;
    assert_eq!(about.header("x-about"), Some("1"));
    assert_eq!(about.header("x-about-slash"), Some("1"));
    assert_eq!(server.get("/about").await.header("x-about"), None);
    assert_eq!(server.get("/outside").await.header("x-outside"), Some("1"));
    assert_eq!(server.get("/docs/outside/").await.header("x-outside"), None);
    // RD-06 for the redirect of the slash.
    assert_eq!(server.get("/docs/about").await.header("x-about"), Some("1"));
}

#[tokio::test]
async fn bp_03_px_30_px_31_a_handler_sees_its_path_and_the_url_of_the_client() {
    let server = server().await;
    server.get("/docs/api/echo/").await.is(200, "/api/echo/ /docs/api/echo/ /api/echo/ /docs");
    server
        .get("/docs/api/echo/?a=1")
        .await
        .is(200, "/api/echo/?a=1 /docs/api/echo/?a=1 /api/echo/ /docs");
    let seen = server.get("/docs/items/7/").await;
    seen.is(200, "7 http://localhost/docs/items/7/ /items/8 http://localhost/docs/items/8");
    assert_eq!(app::BASE_PATH, "/docs");
}

#[tokio::test]
async fn rw_03_rw_08_bp_03_a_rewrite_stays_below_the_base_path() {
    let seen = server().await.get("/docs/r/7/").await;
    seen.is(200, "7 http://localhost/docs/r/7/ /items/8 http://localhost/docs/items/8");
}

#[tokio::test]
async fn rh_212_rd_11_redirects_of_handlers_and_of_the_proxy_get_the_base_path() {
    let server = server().await;
    let handler = server.send("POST /docs/items/7/").await;
    assert_eq!((handler.status, handler.header("location")), (303, Some("/docs/items/8")));
    for wish in ["redirect", "join"] {
        let answer = server.get(&format!("/docs/x/?do={wish}")).await;
        assert_eq!(answer.header("location"), Some("/docs/about/"), "{wish}");
    }
}

#[tokio::test]
async fn px_70_px_30_px_32_mt_16_mt_17_the_proxy_names_paths_of_the_app() {
    let server = server().await;
    let echo = server.get("/docs/x/?do=rewrite").await;
    echo.is(200, "/api/echo /docs/x/?do=rewrite /x/ /docs");
    server.get("/docs/x/?do=rewrite-base").await.problem(404);
    assert_eq!(server.get("/docs/about/").await.header("x-proxy"), Some("ran"));
    assert_eq!(server.get("/about/").await.header("x-proxy"), None, "outside it does not run");
}

#[tokio::test]
async fn rh_044_a_nest_around_a_base_path_is_one_more_prefix() {
    let server = Server::start(Router::new().nest_service("/nest", app::router())).await;
    for (path, status, location) in [
        ("/nest/docs/about/", 200, None),
        ("/nest/docs/about", 308, Some("/nest/docs/about/")),
        ("/nest/docs", 308, Some("/nest/docs/")),
        ("/nest/docs/old/", 307, Some("/nest/docs/new")),
        ("/nest/olda", 307, Some("/nest/outside")),
        ("/nest/about/", 404, None),
        ("/docs/about/", 404, None),
    ] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (status, location), "{path}");
    }
    let echo = server.get("/nest/docs/api/echo/").await;
    echo.is(200, "/api/echo/ /nest/docs/api/echo/ /api/echo/ /nest/docs");
    let handler = server.send("POST /nest/docs/items/7/").await;
    assert_eq!(handler.header("location"), Some("/nest/docs/items/8"));
}

#[tokio::test]
async fn cve_2026_47676_the_base_path_has_one_spelling() {
    let server = server().await;
    for path in [
        "/%64ocs/about/",
        "/docs%2Fabout/",
        "/DOCS/about/",
        "/docs%00/about/",
        "/docs;x/about/",
        "/%2564ocs/about/",
        "/%64ocs/p.txt",
        "/x/..%2fdocs/about/",
        "/docs/%2e%2e/docs%2fabout/",
    ] {
        let answer = server.get(path).await;
        assert!(matches!(answer.status, 308 | 400 | 404), "{path}: {answer:?}");
        assert_eq!(answer.header("x-proxy"), None, "{path}");
    }
}
