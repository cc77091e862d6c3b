//! `/healthz` and `/readyz` (rows DP-13, RH-433, security rows 33, 38 and 39).

use std::time::Duration;

use bff::axum::{Router, http::StatusCode, middleware, response::IntoResponse};
use tokio::net::TcpStream;

use crate::{
    apps::{
        catalog::{self, Catalog},
        observed,
    },
    support::{Connection, Server, call, within},
};

#[tokio::test]
async fn dp_13_rh_433_health_is_answered_when_it_is_asked_for_and_not_otherwise() {
    let server =
        Server::start_with(catalog::app::router(Catalog::default()), |serve| serve.health(true))
            .await;
    for path in ["/healthz", "/readyz"] {
        for method in ["GET", "HEAD"] {
            let answer = server.send(call(&format!("{method} {path}"))).await;
            answer.is(200, if method == "GET" { "ok\n" } else { "" });
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
        let answer = server.send(call(&format!("POST {path}"))).await;
        answer.problem(405);
        assert_eq!(answer.header("allow"), Some("GET, HEAD"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    assert_ne!(server.get("/healthz/x").await.text(), "ok\n");
    let server = Server::start(Router::new()).await;
    assert_eq!(server.get("/healthz").await.status, 404);
}

#[tokio::test]
async fn security_39_no_layer_and_no_proxy_stands_before_health() {
    async fn refuse() -> impl IntoResponse {
        StatusCode::UNAUTHORIZED
    }
    let guarded = catalog::app::router(Catalog::default())
        .layer(middleware::from_fn(|_: bff::Request, _: middleware::Next| refuse()));
    let server = Server::start_with(guarded, |serve| serve.health(true)).await;
    assert_eq!(server.get("/").await.status, 401);
    server.get("/readyz").await.is(200, "ok\n");
    // The proxy of this app fails when it is asked to.
    let server = Server::start_with(observed::app::router(), |serve| serve.health(true)).await;
    server.get("/healthz?proxy=fails").await.is(200, "ok\n");
}

#[tokio::test]
async fn a_route_file_of_the_app_answers_itself() {
    let server = Server::start_with(observed::app::router(), |serve| serve.health(true)).await;
    server.get("/readyz").await.is(200, "the app's own");
    // Below a prefix its path is another one.
    let nested = Router::new().nest("/api", observed::app::router());
    let server = Server::start_with(nested, |serve| serve.health(true)).await;
    server.get("/api/readyz").await.is(200, "the app's own");
    server.get("/readyz").await.is(200, "ok\n");
    server.send("HEAD /readyz").await.is(200, "");
}

#[tokio::test]
async fn dp_13_rh_433_security_33_security_38_an_instance_that_stops_is_first_not_ready_and_then_gone()
 {
    let hour = Duration::from_secs(3600);
    let server = Server::start_with(catalog::app::router(Catalog::default()), |serve| {
        serve.health(true).grace(hour)
    })
    .await;
    let addr = server.addr;
    let mut kept = Connection::open(addr).await;
    kept.send("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    kept.answer("GET").await.is(200, "ok\n");

    let stopped = server.stop();
    within("the end of readiness", async {
        loop {
            kept.send("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n").await;
            let answer = kept.answer("GET").await;
            if answer.status == 503 {
                assert_eq!(answer.text(), "stopping\n");
                assert_eq!(answer.header("cache-control"), Some("no-store"));
                return;
            }
        }
    })
    .await;
    // It is alive, and takes what still comes.
    kept.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    kept.answer("GET").await.is(200, "ok\n");
    assert_eq!(crate::support::raw(addr, call("GET /no/such/thing").bytes()).await.status, 404);
    stopped.abort();
}

#[tokio::test]
async fn dp_10_security_38_the_grace_ends_and_without_health_there_is_none() {
    for (health, grace) in [(true, Some(Duration::from_millis(1))), (false, None)] {
        let server = Server::start_with(catalog::app::router(Catalog::default()), |serve| {
            let serve = serve.health(health);
            match grace {
                Some(grace) => serve.grace(grace),
                None => serve,
            }
        })
        .await;
        let addr = server.addr;
        within("the end of the server", server.stop()).await.expect("it ends well");
        assert!(TcpStream::connect(addr).await.is_err());
    }
}
