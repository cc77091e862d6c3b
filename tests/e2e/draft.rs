//! Section 18 of the spec: draft mode.

use crate::{
    apps::around::{self, Around},
    support::{Answer, Server, call},
};

async fn server(around: Around) -> Server {
    Server::start(around::app::router(around)).await
}

async fn with_cookie(server: &Server, line: &str, cookie: &str) -> Answer {
    server.send(call(line).header("cookie", cookie)).await
}

/// Turns draft mode on, and gives the pair of its cookie.
async fn entered(server: &Server) -> String {
    let answer = server.send("POST /draft").await;
    assert_eq!((answer.status, answer.header("location")), (307, Some("/draft")));
    let line = answer.header("set-cookie").expect("a cookie");
    assert!(line.contains("bff_draft=") && line.contains("; HttpOnly; SameSite="), "{line}");
    assert!(!line.contains("Expires") && !line.contains("Max-Age"), "{line}");
    line.split(';').next().expect("a pair").to_owned()
}

const NEVER: &str = "private, no-cache, no-store, max-age=0, must-revalidate";

#[tokio::test]
async fn rh_368_rh_369_rh_371_rh_375_draft_mode_lasts_with_its_cookie_also_after_a_new_start() {
    let first = server(Around::default()).await;
    let cookie = entered(&first).await;
    first.get("/draft").await.is(200, "false false");
    for server in [first, server(Around::default()).await] {
        let answer = with_cookie(&server, "GET /draft", &cookie).await;
        answer.is(200, "true true");
        assert_eq!(answer.header("set-cookie"), None);
    }
}

#[tokio::test]
async fn rh_370_draft_mode_ends_with_a_removal() {
    let server = server(Around::default()).await;
    let cookie = entered(&server).await;
    let answer = with_cookie(&server, "DELETE /draft", &cookie).await;
    assert_eq!(answer.status, 303);
    let line = answer.header("set-cookie").expect("a line");
    let name = cookie.split('=').next().expect("a name");
    assert!(line.starts_with(&format!("{name}=; Path=/; ")), "{line}");
    assert!(line.contains("Expires=Thu, 01 Jan 1970 00:00:00 GMT"), "{line}");
    assert!(line.contains("; HttpOnly; SameSite="), "{line}");
}

#[tokio::test]
async fn rh_372_a_wrong_cookie_is_off_and_deleted() {
    let server = server(Around::default()).await;
    let cookie = entered(&server).await;
    for wrong in [format!("{cookie}x"), cookie.replace("bff_draft=", "bff_draft=x")] {
        let answer = with_cookie(&server, "GET /draft", &wrong).await;
        answer.is(200, "false false");
        let line = answer.header("set-cookie").expect("a removal");
        assert!(line.contains("bff_draft=; ") && line.contains("1970"), "{line}");
        assert_eq!(answer.header("cache-control"), Some("public, max-age=60"));
    }
}

#[tokio::test]
async fn rh_260_rh_373_nobody_stores_a_draft() {
    let server = server(Around::default()).await;
    let cookie = entered(&server).await;
    assert_eq!(server.get("/draft").await.header("cache-control"), Some("public, max-age=60"));
    for line in ["GET /draft", "HEAD /draft", "DELETE /draft", "POST /draft"] {
        let answer = with_cookie(&server, line, &cookie).await;
        assert_eq!(answer.header("cache-control"), Some(NEVER), "{line}");
    }
    assert_eq!(server.send("POST /draft").await.header("cache-control"), Some(NEVER));
}

#[tokio::test]
async fn rh_360_rh_374_after_the_response_draft_mode_is_read_and_not_changed() {
    let around = Around::default();
    let server = server(around.clone()).await;
    let answer = server.send(call("PUT /draft").body("late")).await;
    answer.is(200, "later");
    assert_eq!(answer.header("set-cookie"), None);
    assert_eq!(around.events.next().await, "off");
    let cookie = entered(&server).await;
    let call = call("PUT /draft").body("late").header("cookie", &cookie);
    server.send(call).await.is(200, "later");
    assert_eq!(around.events.next().await, "on");
}

#[tokio::test]
async fn rh_077_a_handler_that_fails_turns_nothing_on() {
    let server = server(Around::default()).await;
    let answer = server.send(call("PUT /draft").body("failed")).await;
    answer.opaque();
    assert_eq!(answer.header("set-cookie"), None);
}
