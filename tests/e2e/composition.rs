//! The generated router is plain axum: it nests, merges, is layered, and gives its routes away.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bff::axum::{
    Router,
    extract::Request,
    middleware::{self, Next},
    response::Response,
    routing,
};

use crate::{
    apps::{
        catalog::{self, Catalog},
        levels, rows,
    },
    support::{Server, call, in_process},
    vectors::{CATALOG, CATALOG_ROUTER_ONLY, LEVELS, ROWS, Vector},
};

/// Checks the vectors over a socket and in process, and that both give the same.
async fn check(router: Router, prefix: &str, vectors: &[&[Vector]]) {
    let server = Server::start(router.clone()).await;
    for vector in vectors.iter().copied().flatten() {
        let sent = server.send(vector.call(prefix)).await;
        vector.check(&sent, prefix);
        let same = in_process(&router, vector.call(prefix)).await;
        vector.check(&same, prefix);
        let mut lines = [sent.without_noise(), same.without_noise()];
        lines.iter_mut().for_each(|answer| answer.headers.sort());
        assert_eq!(lines[0], lines[1], "{}", vector.name);
    }
}

#[tokio::test]
async fn rh_460_the_vectors_hold_for_a_whole_app_over_a_socket_and_in_process() {
    check(rows::app::router(), "", &[ROWS]).await;
    check(catalog::app::router(Catalog::default()), "", &[CATALOG, CATALOG_ROUTER_ONLY]).await;
    check(levels::app::router(), "", &[LEVELS]).await;
}

#[tokio::test]
async fn rh_460_the_vectors_hold_for_the_routes_alone() {
    check(rows::app::routes(), "", &[ROWS]).await;
    check(catalog::app::routes().with_state(Catalog::default()), "", &[CATALOG]).await;
}

#[tokio::test]
async fn the_vectors_hold_for_an_app_among_other_routes() {
    let own = || Router::new().route("/own", routing::get(async || "my own"));
    check(own().merge(rows::app::router()), "", &[ROWS]).await;
    check(own().merge(rows::app::routes()), "", &[ROWS]).await;
    let router = own().merge(catalog::app::router(Catalog::default()));
    check(router.clone(), "", &[CATALOG, CATALOG_ROUTER_ONLY]).await;
    in_process(&router, "GET /own").await.is(200, "my own");
    in_process(&router, "GET /nowhere").await.problem(404);
    let router = catalog::app::router(Catalog::default()).merge(own());
    in_process(&router, "GET /own").await.is(200, "my own");
    in_process(&router, "GET /items/7").await.is(200, "item 7");
}

#[tokio::test]
async fn rh_044_the_vectors_hold_for_an_app_below_a_prefix() {
    check(Router::new().nest("/base", rows::app::router()), "/base", &[ROWS]).await;
    check(Router::new().nest("/base", rows::app::routes()), "/base", &[ROWS]).await;
}

#[tokio::test]
async fn rh_044_an_app_below_a_prefix_serves_that_prefix_alone() {
    let router = Router::new()
        .route("/own", routing::get(async || "my own"))
        .nest("/base", catalog::app::router(Catalog::default()));
    let server = Server::start(router).await;
    server.get("/base/items/7").await.is(200, "item 7");
    server.get("/base/items/7/").await.is(200, "item 7");
    server.get("/base/about").await.is(200, "about, in two groups");
    server.get("/base/shop/a").await.is(200, r#"filters Some(["a"])"#);
    server.get("/base").await.is(200, "the root, in a group");
    server.get("/own").await.is(200, "my own");
    server.get("/base/nowhere").await.problem(404);
    for path in ["/items/7", "/about", "/basement", "/"] {
        assert_eq!(server.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn rh_044_the_root_of_an_app_below_a_prefix_has_both_forms_as_a_service() {
    let app = catalog::app::router(Catalog::default());
    let server = Server::start(Router::new().nest_service("/base", app.clone())).await;
    for path in ["/base", "/base/", "/base?x=1"] {
        server.get(path).await.is(200, "the root, in a group");
    }
    server.get("/base/items/7").await.is(200, "item 7");
    // axum's `nest` serves the first form alone.
    let server = Server::start(Router::new().nest("/base", app)).await;
    server.get("/base").await.is(200, "the root, in a group");
    server.get("/base/").await.is(404, "");
}

#[tokio::test]
async fn rh_041_rh_042_below_a_prefix_redirects_keep_it() {
    let server =
        Server::start(Router::new().nest("/base", catalog::app::router(Catalog::default()))).await;
    for (sent, location) in [
        ("/base/echo//a?x=1", "/base/echo/a?x=1"),
        ("/base///evil.com", "/base/evil.com"),
        ("/base/echo/../about", "/base/about"),
    ] {
        let answer = server.get(sent).await;
        assert_eq!((answer.status, answer.header("location")), (308, Some(location)), "{sent}");
    }
    server.get("/base/echo\\a").await.problem(400);
    // axum takes one slash after the prefix away, so the app sees no duplicate.
    server.get("/base//about").await.is(200, "about, in two groups");
}

#[tokio::test]
async fn below_a_prefix_axums_extractors_know_the_whole_path() {
    let router = Router::new().nest("/base", catalog::app::router(Catalog::default()));
    let told = in_process(&router, "GET /base/axum/uris/7/?q=1").await.json();
    assert_eq!(
        (&told["original"], &told["uri"]),
        (&"/base/axum/uris/7/?q=1".into(), &"/axum/uris/7/?q=1".into())
    );
    assert_eq!(in_process(&router, "GET /base/axum/path/acme/7").await.json()["org"], "acme");

    let service = Router::new().nest_service("/base", catalog::app::router(Catalog::default()));
    in_process(&service, "GET /base/axum/matched/7").await.is(200, "/base/axum/matched/{id}");
    // With `nest` axum tells the app, which is a fallback, no pattern; the prefix is missing then.
    in_process(&router, "GET /base/axum/matched/7").await.is(200, "/axum/matched/{id}");
}

#[tokio::test]
async fn a_prefix_may_have_a_param_of_its_own() {
    let router = Router::new().nest_service("/{version}", catalog::app::router(Catalog::default()));
    in_process(&router, "GET /v1/items/7").await.is(200, "item 7");
    // `Path` finds that param as well, as it does below any prefix of axum's.
    in_process(&router, "PUT /v1/axum/path/acme/7").await.is(200, "acme 7");
    in_process(&router, "GET /v1/axum/matched/7").await.is(200, "/{version}/axum/matched/{id}");
}

#[test]
#[should_panic(expected = "Insertion failed due to conflict")]
fn a_prefix_with_a_param_is_for_nest_service() {
    // axum's `nest` puts the fallback of the app beside its own, and its matcher knows no such pair.
    let _: Router = Router::new().nest("/{version}", catalog::app::router(Catalog::default()));
}

#[tokio::test]
async fn a_layer_sees_every_request_and_every_answer() {
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&seen);
    let count = move |request: Request, next: Next| {
        counter.fetch_add(1, Ordering::SeqCst);
        async move {
            let mut response: Response = next.run(request).await;
            response.headers_mut().insert("x-layer", bff::http::HeaderValue::from_static("seen"));
            response
        }
    };
    let router = catalog::app::router(Catalog::default()).layer(middleware::from_fn(count));
    let server = Server::start(router).await;
    let calls = [
        ("GET /items/7", 200),
        ("HEAD /items/7", 200),
        ("OPTIONS /items/7", 204),
        ("POST /items/7", 405),
        ("GET /items/x", 404),
        ("GET /nowhere", 404),
        ("GET /echo//a", 308),
        ("GET /echo\\a", 400),
        ("GET /echo/%", 400),
        ("GET /axum/panic", 500),
        ("TRACE /items/7", 405),
    ];
    for (line, status) in calls {
        let answer = server.send(line).await;
        assert_eq!((answer.status, answer.lines("x-layer")), (status, vec!["seen"]), "{line}");
    }
    assert_eq!(seen.load(Ordering::SeqCst), calls.len());
}

#[tokio::test]
async fn a_layer_may_change_the_request() {
    let lead = |mut request: Request, next: Next| {
        if request.uri().path() == "/old" {
            *request.uri_mut() = "/items/7".parse().expect("a path");
        }
        next.run(request)
    };
    let router = Router::new()
        .fallback_service(catalog::app::router(Catalog::default()))
        .layer(middleware::from_fn(lead));
    in_process(&router, "GET /old").await.is(200, "item 7");
    let router = catalog::app::router(Catalog::default()).layer(middleware::from_fn(lead));
    in_process(&router, "GET /old").await.is(200, "item 7");
}

#[tokio::test]
async fn a_tower_service_may_wrap_the_router() {
    let service = tower::util::MapResponse::new(
        catalog::app::router(Catalog::default()),
        |mut response: Response| {
            response.headers_mut().insert("x-tower", bff::http::HeaderValue::from_static("seen"));
            response
        },
    );
    let server = Server::start(Router::new().fallback_service(service)).await;
    for (path, status) in [("/items/7", 200), ("/nowhere", 404)] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.header("x-tower")), (status, Some("seen")));
    }
}

#[tokio::test]
async fn the_routes_alone_leave_other_urls_to_the_router_they_are_in() {
    let router = catalog::app::routes()
        .route("/own", routing::get(async || "my own"))
        .fallback(async || "my own fallback")
        .with_state(Catalog::default());
    let server = Server::start(router).await;
    server.get("/items/7").await.is(200, "item 7");
    server.get("/own").await.is(200, "my own");
    // axum matches byte by byte and redirects nothing: all of this is the fallback's.
    for path in [
        "/nowhere",
        "/items/7/",
        "//items/7",
        "/items//7",
        "/items/../items/7",
        "/%e6%97%a5%e6%9c%ac",
    ] {
        server.get(path).await.is(200, "my own fallback");
    }
    // A route's own answers stay its own.
    server.get("/items/x").await.problem(404);
    server.send("DELETE /items/7").await.problem(405);
}

#[tokio::test]
async fn the_routes_alone_take_their_state_from_the_router_they_are_in() {
    let catalog = Catalog::default();
    let router = Router::new().merge(catalog::app::routes()).with_state(catalog.clone());
    in_process(&router, "POST /state").await.is(200, "1");
    in_process(&router, "GET /state").await.is(200, "1");
    assert_eq!(catalog.visits.count(), 1);
}

#[tokio::test]
async fn two_apps_live_in_one_router() {
    let router = Router::new()
        .nest("/rows", rows::app::router())
        .nest("/catalog", catalog::app::router(Catalog::default()));
    let server = Server::start(router).await;
    server.get("/rows/methods/get-only").await.is(200, "only GET");
    server.get("/catalog/about").await.is(200, "about, in two groups");
    server.get("/rows/about").await.problem(404);
    server.get("/catalog/methods/get-only").await.problem(404);
}

#[tokio::test]
async fn the_client_in_process_sends_what_it_is_told() {
    let router = catalog::app::router(Catalog::default());
    let echo = in_process(&router, call("POST /echo/a?x=1").body("körper")).await.json();
    assert_eq!((&echo["uri"], &echo["body"]), (&"/echo/a?x=1".into(), &"körper".into()));
}
