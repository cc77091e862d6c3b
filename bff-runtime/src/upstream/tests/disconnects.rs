use axum::body::Body;
use http_body_util::BodyExt;
use tokio::sync::mpsc;

use super::harness::{Gateway, Origin, Peer, Recorded, request, within};
use crate::upstream::{Upstream, forward};

/// An upstream that sends these bytes and then tells when its connection ends.
async fn watching(answer: &'static str) -> (Origin, mpsc::UnboundedReceiver<()>) {
    let (ended, end) = mpsc::unbounded_channel();
    let origin = Origin::talking(move |mut socket: Peer, seen| {
        let ended = ended.clone();
        async move {
            seen.send(socket.head().await.unwrap()).unwrap();
            socket.send(answer).await;
            socket.rest().await;
            ended.send(()).unwrap();
        }
    })
    .await;
    (origin, end)
}

const GET: &str = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

#[tokio::test]
async fn rw_35_a_client_that_leaves_before_the_answer_ends_the_exchange() {
    let (mut origin, mut end) = watching("").await;
    let gateway = Gateway::to(origin.upstream()).await;
    let mut client = Peer::connect(gateway.address).await;
    client.send(GET).await;
    origin.request().await;
    drop(client);
    within(end.recv()).await.unwrap();
}

#[tokio::test]
async fn rw_35_a_client_that_leaves_within_the_answer_ends_the_exchange() {
    let (mut origin, mut end) =
        watching("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhello").await;
    let gateway = Gateway::to(origin.upstream()).await;
    let mut client = Peer::connect(gateway.address).await;
    client.send(GET).await;
    origin.request().await;
    client.until(b"hello").await.unwrap();
    drop(client);
    within(end.recv()).await.unwrap();
}

#[tokio::test]
async fn rw_35_a_client_that_leaves_within_its_request_ends_the_exchange() {
    let (mut origin, mut end) = watching("").await;
    let gateway = Gateway::to(origin.upstream()).await;
    let mut client = Peer::connect(gateway.address).await;
    client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\nhello").await;
    origin.request().await;
    drop(client);
    within(end.recv()).await.unwrap();
}

#[tokio::test]
async fn a_handler_that_is_dropped_ends_the_exchange() {
    let (mut origin, mut end) = watching("").await;
    let upstream: Upstream = origin.upstream();
    let task = tokio::spawn(async move { forward(request("GET /", &[], ""), &upstream).await });
    let _: Recorded = origin.request().await;
    task.abort();
    within(end.recv()).await.unwrap();
}

#[tokio::test]
async fn rw_35_an_upstream_that_breaks_off_cuts_the_answer() {
    let origin = Origin::closing("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello").await;
    let upstream = origin.upstream();
    let response = forward(request("GET /", &[], ""), &upstream).await.unwrap();
    let error = within(response.into_body().collect()).await.unwrap_err();
    assert_eq!(error.to_string(), "the exchange with the upstream broke off");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_the_clients_fault() {
    let origin = Origin::answering("").await;
    let upstream = origin.upstream();
    let broken =
        futures_util::stream::iter([Ok("hello"), Err(std::io::Error::other("the client is gone"))]);
    let error = forward(request("POST /", &[], Body::from_stream(broken)), &upstream).await;
    assert_eq!(error.unwrap_err().status(), 400);
    let long = http_body_util::Limited::new(Body::from("a long body"), 3);
    let error = forward(request("POST /", &[], Body::new(long)), &upstream).await;
    assert_eq!(error.unwrap_err().status(), 413);
}
