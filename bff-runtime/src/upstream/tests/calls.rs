use axum::response::IntoResponse;
use http::{HeaderValue, Method};
use serde_json::{Value, json};

use super::harness::{Origin, text};
use crate::{Error, upstream::segment};

fn answer(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn rh_415_a_call_carries_what_it_is_given_and_nothing_else() {
    let mut origin = Origin::answering(answer("{\"a\":1}")).await;
    let upstream = origin.below("/v1");
    let value: Value = upstream
        .post(format!("/items/{}", segment("a/b?")))
        .query("q", "x y&z")
        .query("n", 2)
        .header("x-token", HeaderValue::from_static("t"))
        .json(&json!({"b": 2}))
        .fetch()
        .await
        .unwrap();
    assert_eq!(value, json!({"a": 1}));
    let request = origin.request().await;
    assert_eq!(request.line, "POST /v1/items/a%2Fb%3F?q=x%20y%26z&n=2 HTTP/1.1");
    assert_eq!(request.names(), ["content-length", "content-type", "host", "x-token"]);
    assert_eq!(request.text(), "{\"b\":2}");
}

#[tokio::test]
async fn every_method_can_be_called() {
    let mut origin = Origin::answering(answer("")).await;
    let upstream = origin.upstream();
    for (call, line) in [
        (upstream.get("x"), "GET /x HTTP/1.1"),
        (upstream.put("/x").body("y"), "PUT /x HTTP/1.1"),
        (upstream.patch("/x"), "PATCH /x HTTP/1.1"),
        (upstream.delete("/x"), "DELETE /x HTTP/1.1"),
        (upstream.request(Method::OPTIONS, "/x"), "OPTIONS /x HTTP/1.1"),
    ] {
        let reply = call.send().await.unwrap();
        assert_eq!(reply.headers()["content-length"], "0");
        assert_eq!(reply.text().await.unwrap(), "");
        assert_eq!(origin.request().await.line, line);
    }
}

#[tokio::test]
async fn rh_396_an_answer_of_no_use_is_a_502_for_the_client() {
    for (answer, status) in [
        (answer("no json"), None),
        ("HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}".to_owned(), Some(404)),
        ("HTTP/1.1 500 x\r\ncontent-length: 2\r\n\r\n{}".to_owned(), Some(500)),
        ("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{}".to_owned(), None),
    ] {
        let origin = Origin::closing(&answer).await;
        let error = origin.upstream().get("/").fetch::<Value>().await.unwrap_err();
        assert_eq!(error.upstream_status().map(|it| it.as_u16()), status, "{answer}");
        let response = Error::from(error).into_response();
        assert_eq!(response.status(), 502);
        assert_eq!(
            text(response).await,
            r#"{"type":"about:blank","title":"Bad Gateway","status":502}"#
        );
    }
}

#[tokio::test]
async fn what_is_read_into_memory_is_limited() {
    for (answer, limit, expected) in [
        (answer("hello"), 5, Some("hello")),
        (answer("hello"), 4, None),
        ("HTTP/1.1 200 OK\r\n\r\nhello".to_owned(), 5, Some("hello")),
        ("HTTP/1.1 200 OK\r\n\r\nhello".to_owned(), 4, None),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n".to_owned(),
            usize::MAX / 2,
            None,
        ),
        ("HTTP/1.1 200 OK\r\ncontent-length: 10485761\r\n\r\n".to_owned(), 0, None),
    ] {
        let origin = Origin::closing(&answer).await;
        let mut reply = origin.upstream().get("/").send().await.unwrap();
        if limit > 0 {
            reply = reply.limit(limit);
        }
        assert_eq!(reply.text().await.ok().as_deref(), expected, "{answer}");
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_a_500_and_nothing_is_sent() {
    let origin = Origin::answering(answer("")).await;
    let upstream = origin.upstream();
    let unserializable = std::collections::BTreeMap::from([((), ())]);
    for call in [
        upstream.get("/").header("x-a", "a\nb"),
        upstream.get("/").header("", "a"),
        upstream.post("/").json(&unserializable),
    ] {
        assert_eq!(call.send().await.unwrap_err().status(), 500);
    }
    assert_eq!(upstream.get("/a/..").send().await.unwrap_err().status(), 400);
    assert_eq!(origin.connections(), 0);
}

#[tokio::test]
async fn rh_149_rh_199_a_reply_can_be_relayed() {
    let origin = Origin::answering(
        "HTTP/1.1 201 Created\r\nset-cookie: a=1\r\nset-cookie: b=2\r\nconnection: x-hop\r\nx-hop: 1\r\n\
         keep-alive: timeout=5\r\ncontent-length: 2\r\n\r\nok",
    )
    .await;
    let response = origin.upstream().get("/").send().await.unwrap().into_response();
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
    for name in ["connection", "keep-alive", "x-hop"] {
        assert!(!response.headers().contains_key(name), "{name}");
    }
    assert_eq!(text(response).await, "ok");
}

#[tokio::test]
async fn connections_are_kept_and_shared_by_clones() {
    let origin = Origin::answering(answer("ok")).await;
    let upstream = origin.upstream();
    for _ in 0..5 {
        let reply = upstream.clone().get("/").send().await.unwrap();
        assert_eq!(reply.text().await.unwrap(), "ok");
    }
    assert!(origin.connections() < 5, "{}", origin.connections());
}
