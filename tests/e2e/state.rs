//! State, and factories that are given it.

use crate::{
    apps::catalog::{self, Catalog},
    support::{Server, call, in_process},
};

#[tokio::test]
async fn a_handler_takes_the_state_or_a_part_of_it() {
    let catalog = Catalog::default();
    let server = Server::start(catalog::app::router(catalog.clone())).await;
    server.get("/state").await.is(200, "0");
    server.send("POST /state").await.is(200, "1");
    server.send("POST /state").await.is(200, "2");
    server.get("/state").await.is(200, "2");
    assert_eq!(catalog.visits.count(), 2);
}

#[tokio::test]
async fn two_routers_of_one_app_share_no_state() {
    let routers = [Catalog::default(), Catalog::default()].map(catalog::app::router);
    in_process(&routers[0], "POST /state").await.is(200, "1");
    in_process(&routers[1], "POST /state").await.is(200, "1");
}

#[tokio::test]
async fn rh_050_rh_409_a_factory_runs_once_and_its_value_serves_every_method_it_names() {
    let catalog = Catalog::default();
    let router = catalog::app::router(catalog.clone());
    assert_eq!(catalog.factory_runs.count(), 1, "before the first request");
    let server = Server::start(router).await;
    server.get("/factory").await.is(200, "run 1, call 1, GET");
    server.send("POST /factory").await.is(200, "run 1, call 2, POST");
    let head = server.send("HEAD /factory").await;
    head.is(200, "");
    server.get("/factory").await.is(200, "run 1, call 4, GET");
    server.send("POST /state").await.is(200, "1");
    server.send("DELETE /factory").await.is(200, "1 visits");
    assert_eq!(
        server.send("OPTIONS /factory").await.lines("allow"),
        ["DELETE, GET, HEAD, OPTIONS, POST, PUT"]
    );
    server.send("PATCH /factory").await.problem(405);
}

#[tokio::test]
async fn rh_409_a_factory_of_the_routes_alone_runs_once_too() {
    let catalog = Catalog::default();
    let router = catalog::app::routes().with_state(catalog.clone());
    in_process(&router, "GET /factory").await.is(200, "run 1, call 1, GET");
    in_process(&router, "POST /factory").await.is(200, "run 1, call 2, POST");
    assert_eq!(catalog.factory_runs.count(), 1);
}

#[tokio::test]
async fn rh_409_a_tower_service_is_a_handler() {
    let server = Server::start(catalog::app::router(Catalog::default())).await;
    server.get("/factory/service/a%20b").await.is(200, "service a b");
    server.send(call("POST /factory/service/9")).await.problem(405);
}
