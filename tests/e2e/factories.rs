//! RH-409 and RH-410: handlers of a library, composed by calls and by layers.

use handler_library::AuthConfig;

use crate::{
    apps::factories::{self, Config},
    support::{Answer, Server, call},
};

async fn server() -> Server {
    let auth = AuthConfig { password: "open sesame".to_owned(), home: "/home".to_owned() };
    Server::start(factories::app::router(Config { auth, token: "t0ken" })).await
}

#[tokio::test]
async fn rh_409_a_handler_of_a_library_serves_get_and_post_and_decides_on_the_path() {
    let server = server().await;
    server.get("/auth/session").await.is(200, "null");
    server.send(call("POST /auth/sign-in").body("wrong")).await.problem(401);
    let answer = server.send(call("POST /auth/sign-in").body("open sesame")).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/home")));
    assert_eq!(answer.header("set-cookie"), Some("session=1; Path=/; HttpOnly"));
    server.send(call("GET /auth/session").header("cookie", "session=1")).await.is(200, "\"1\"");
    // The value was made once, and counts on.
    let answer = server.send(call("POST /auth/below/sign-in").body("open sesame")).await;
    assert_eq!(answer.header("set-cookie"), Some("session=2; Path=/; HttpOnly"));
    let answer = server.send("POST /auth/sign-out").await;
    assert_eq!(
        answer.header("set-cookie"),
        Some("session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT")
    );
    server.get("/auth/nothing").await.problem(404);
    assert_eq!(server.send("HEAD /auth/session").await.header("content-length"), Some("4"));
    let answer = server.send("DELETE /auth/session").await;
    answer.problem(405);
    assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS, POST"));
}

async fn composed(server: &Server, line: &str, token: &str) -> Answer {
    server.send(call(line).header("authorization", &format!("Bearer {token}"))).await
}

#[tokio::test]
async fn rh_410_wrappers_compose_from_the_outside_in() {
    let server = server().await;
    let answer = composed(&server, "GET /composed/7", "t0ken").await;
    answer.is(200, "post 7");
    assert_eq!(answer.lines("x-composed"), ["inner", "outer"]);
    let answer = composed(&server, "GET /composed/7", "wrong").await;
    answer.problem(401);
    assert_eq!(answer.lines("x-composed"), ["outer"]);
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    let answer = composed(&server, "PUT /composed/7", "t0ken").await;
    assert_eq!((answer.status, answer.header("location")), (307, Some("/elsewhere")));
}

#[tokio::test]
async fn rh_410_tower_layers_go_around_one_handler() {
    let server = server().await;
    let answer = server.get("/layered").await;
    answer.is(200, "layered");
    assert_eq!(answer.lines("x-layer"), ["inner", "outer"]);
    let answer = server.send("POST /layered").await;
    answer.is(200, "layered");
    assert!(answer.header("set-cookie").is_some_and(|line| line.starts_with("seen=; ")));
    assert_eq!(answer.lines("x-layer"), [""; 0]);
    let answer = server.send(call("DELETE /layered").body("body")).await;
    answer.is(200, "body");
    assert_eq!(answer.lines("x-layer"), ["axum"]);
}
