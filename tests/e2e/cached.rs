//! What functions return is kept: section 13 of the spec.

use bff::cache;

use tracing::Level;

use crate::{
    apps::cached::{self, Cached},
    support::{Log, Server, call},
};

#[tokio::test]
async fn rh_283_rh_288_rh_299_a_value_is_for_all_requests_but_those_of_editors() {
    let server = Server::start(cached::app::router(Cached::default())).await;
    for _ in 0..2 {
        server.get("/function").await.is(200, "function 1, false");
    }
    let entered = server.send("POST /draft").await;
    let cookie = entered.header("set-cookie").and_then(|line| line.split(';').next());
    let cookie = cookie.expect("a pair");
    for run in 2..=3 {
        let answer = server.send(call("GET /function").header("cookie", cookie)).await;
        answer.is(200, &format!("function {run}, true"));
    }
    server.get("/function").await.is(200, "function 1, false");
    cache::update_tag("functions").await.expect("there is no Redis");
    for _ in 0..2 {
        server.get("/function").await.is(200, "function 4, false");
    }
}

#[tokio::test]
async fn rh_256_a_value_that_cannot_be_made_anew_is_named_in_the_log_and_stays() {
    let cached = Cached::default();
    let server = Server::start(cached::app::router(cached.clone())).await;
    server.get("/failing-function").await.is(200, "failing 1");
    cached.answer_with(500);
    cache::revalidate_tag("failing-function").await.expect("there is no Redis");
    let log = Log::of(Level::ERROR);
    server.get("/failing-function").await.is(200, "failing 1");
    let line = log.line("could not be made anew").await;
    for part in ["failing-function/route.rs:", "tag failing-function", "on purpose"] {
        assert!(line.contains(part), "{line}");
    }
    server.get("/failing-function").await.is(200, "failing 1");
}
