//! Webhooks (security row 56, class 25): of all messages the genuine one is handled, and once.

use std::time::{Duration, UNIX_EPOCH};

use bff::{
    Secret,
    http::HeaderMap,
    webhook::{StandardWebhooks, Webhooks, sign_at},
};
use tracing::Level;

use crate::{
    apps::observed,
    support::{Call, Connection, Log, Server, call},
};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NOW: u64 = 1_700_000_000;
const BODY: &str = r#"{"n": 7}"#;

async fn server() -> Server {
    let hooks = Webhooks::new()
        .secret::<StandardWebhooks>(SECRET)
        .expect("a secret")
        .clock(|| UNIX_EPOCH + Duration::from_secs(NOW));
    Server::start(observed::app::router().layer(hooks)).await
}

fn signed(id: &str, time: u64, body: &str) -> HeaderMap {
    let time = UNIX_EPOCH + Duration::from_secs(time);
    sign_at::<StandardWebhooks>(&Secret::from(SECRET), id, time, body.as_bytes())
        .expect("a signature")
}

fn message(path: &str, headers: &HeaderMap, body: &str) -> Call {
    headers.iter().fold(call(&format!("POST {path}")).body(body), |call, (name, value)| {
        call.header(name.as_str(), value.to_str().expect("ASCII"))
    })
}

#[tokio::test]
async fn security_56_attack_25_a_message_is_handled_once_and_only_as_it_was_sent() {
    let server = server().await;
    let headers = signed("msg_once", NOW, BODY);
    for body in [r#"{"n": 8}"#, r#"{"n":7}"#, r#"{"n": 7} "#, "{"] {
        let problem = server.send(message("/hooks/works", &headers, body)).await.problem(400);
        assert_eq!(problem["detail"], "the signature is missing or does not match", "{body}");
    }
    server.send(message("/hooks/works", &headers, BODY)).await.is(200, "7 of 8 bytes");
    server.send(message("/hooks/works", &headers, BODY)).await.is(200, "");
    // The next attempt of the same message, and another message.
    server
        .send(message("/hooks/works", &signed("msg_once", NOW + 60, BODY), BODY))
        .await
        .is(200, "");
    server
        .send(message("/hooks/works", &signed("msg_2", NOW, BODY), BODY))
        .await
        .is(200, "7 of 8 bytes");
    for time in [NOW - 301, NOW + 301] {
        let late = server.send(message("/hooks/works", &signed("msg_3", time, BODY), BODY)).await;
        late.problem(400);
    }
    server.send(call("POST /hooks/works").body(BODY)).await.problem(400);
    server.send(message("/hooks/works", &signed("msg_4", NOW, "{}"), "{}")).await.problem(422);
}

#[tokio::test]
async fn security_56_a_message_whose_handler_failed_may_come_again() {
    let server = server().await;
    for (outcome, status) in [("fails", 500), ("panics", 500), ("hangs", 504)] {
        let headers = signed(outcome, NOW, BODY);
        server.send(message(&format!("/hooks/{outcome}"), &headers, BODY)).await.problem(status);
        server.send(message("/hooks/works", &headers, BODY)).await.is(200, "7 of 8 bytes");
        server.send(message("/hooks/works", &headers, BODY)).await.is(200, "");
    }
}

#[tokio::test]
async fn security_25_security_34_a_message_has_64_kib_unless_its_route_has_a_limit() {
    let server = server().await;
    let body = |length: usize| "x".repeat(length);
    for (path, length, status) in [
        // Genuine, and no JSON.
        ("/hooks/works", 64 * 1024, 400),
        ("/hooks/works", 64 * 1024 + 1, 413),
        ("/hooks/large", 100 * 1024, 200),
        ("/hooks/large", 100 * 1024 + 1, 413),
    ] {
        let body = body(length);
        let headers = signed(&format!("large_{length}"), NOW, &body);
        let answer = server.send(message(path, &headers, &body)).await;
        assert_eq!(answer.status, status, "{path} {length}: {answer:?}");
        if status == 413 {
            assert_eq!(answer.problem(413)["limit"], length - 1);
        }
    }
    // A gigabyte is refused before any of it has come.
    let mut connection = Connection::open(server.addr).await;
    let mut head = String::from(
        "POST /hooks/works HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1073741824\r\n",
    );
    for (name, value) in &signed("gigabyte", NOW, BODY) {
        head.push_str(&format!("{name}: {}\r\n", value.to_str().expect("ASCII")));
    }
    connection.send(head + "\r\n").await;
    connection.answer("POST").await.problem(413);
}

#[tokio::test]
async fn security_56_security_61_without_a_secret_nothing_is_accepted_and_the_log_says_why() {
    let log = Log::of(Level::INFO);
    let server = server().await;
    let call =
        call("POST /hooks/unset").header("x-shopify-hmac-sha256", "s3cret-signature").body(BODY);
    server.send(call).await.opaque();
    let line = log.line("webhooks of shopify are refused").await;
    assert!(line.contains("`SHOPIFY_WEBHOOK_SECRET` is not set"), "{line}");
    let headers = signed("msg_logged", NOW, BODY);
    server.send(message("/hooks/works", &headers, "s3cret-body")).await.problem(400);
    let line = log.line("a webhook was not handled").await;
    assert!(line.contains("bff::security") && line.contains("standard webhooks"), "{line}");
    let text = log.text();
    let signature = headers["webhook-signature"].to_str().expect("ASCII");
    for secret in [SECRET, &SECRET[6..], signature, "s3cret"] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}
