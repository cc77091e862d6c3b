use std::time::Duration;

use axum::body::Body;
use http_body_util::BodyExt;
use tokio::{net::TcpSocket, time::Instant};

use super::harness::{EMPTY, Origin, Peer, request, within};
use crate::upstream::{Timeouts, Upstream, forward};

/// Reads a request and says nothing, or only this.
async fn silent_after(answer: &'static str) -> Origin {
    Origin::talking(move |mut socket: Peer, seen| async move {
        seen.send(socket.request().await.unwrap()).unwrap();
        socket.send(answer).await;
        socket.rest().await;
        // The connection was closed from the other side.
        seen.send(Default::default()).unwrap();
    })
    .await
}

#[tokio::test]
async fn rw_34_uc_18_an_upstream_that_does_not_answer_is_504_and_let_go() {
    for (head, expected) in [(None, 30), (Some(7), 7)] {
        let mut origin = silent_after("").await;
        let upstream = origin.upstream();
        let timeouts = head.map_or(Timeouts::DEFAULT, |seconds| Timeouts {
            head: Duration::from_secs(seconds),
            ..Timeouts::DEFAULT
        });
        let answer = tokio::spawn(async move {
            forward(request("POST /", &[], "x"), &upstream).timeouts(timeouts).await.map(drop)
        });
        origin.request().await;
        tokio::time::pause();
        let started = Instant::now();
        let error = within(answer).await.unwrap().unwrap_err();
        assert_eq!(error.status(), 504);
        let took = started.elapsed().as_secs();
        tokio::time::resume();
        // The clock stood still only once the request was there.
        assert!((expected - 1..=expected).contains(&took), "{took}");
        assert_eq!(origin.request().await.line, "");
    }
}

#[tokio::test]
async fn rw_34_a_body_that_stops_is_cut_and_let_go() {
    let mut origin = silent_after("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello").await;
    let upstream = origin.upstream();
    let response = forward(request("GET /", &[], ""), &upstream).await.unwrap();
    let mut body = response.into_body();
    assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), "hello");
    origin.request().await;
    tokio::time::pause();
    let started = Instant::now();
    let error = within(body.frame()).await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the upstream stopped within its answer");
    assert_eq!(started.elapsed().as_secs(), 60);
    tokio::time::resume();
    drop(body);
    assert_eq!(origin.request().await.line, "");
}

#[tokio::test]
async fn px_77_what_cannot_be_connected_to_is_502_or_504() {
    let refusing = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let upstream = Upstream::at_start(format!("http://{refusing}")).unwrap();
    let error = upstream.get("/").send().await.unwrap_err();
    assert_eq!((error.status().as_u16(), error.is_connect()), (502, true));
    assert!(!error.to_string().contains("127.0.0.1"));

    // A queue that is full takes no further connection.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let waiting: Vec<_> = (0..8)
        .map(|_| tokio::spawn(async move { tokio::net::TcpStream::connect(address).await }))
        .collect();
    tokio::task::yield_now().await;
    let upstream = Upstream::at_start(format!("http://{address}")).unwrap();
    tokio::time::pause();
    let started = Instant::now();
    let error = within(upstream.get("/").send()).await.unwrap_err();
    assert_eq!(
        (error.status().as_u16(), error.is_connect(), error.is_timeout()),
        (504, true, true)
    );
    assert_eq!(started.elapsed().as_secs(), 2);
    drop(waiting);
}

#[tokio::test]
async fn a_request_that_takes_its_time_does_not_use_up_the_upstreams() {
    let mut origin = Origin::answering(EMPTY).await;
    let upstream = origin.upstream();
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel::<&'static str>();
    let pieces = futures_util::stream::unfold(receiver, |mut receiver| async move {
        let piece = receiver.recv().await?;
        Some((Ok::<_, std::io::Error>(piece), receiver))
    });
    let request = request("POST /", &[], Body::from_stream(pieces));
    let answer = tokio::spawn(async move { forward(request, &upstream).await });
    sender.send("first").unwrap();
    // The connection is there once the first piece has been taken.
    while origin.connections() == 0 {
        tokio::task::yield_now().await;
    }
    tokio::time::pause();
    tokio::time::sleep(Duration::from_secs(300)).await;
    tokio::time::resume();
    sender.send("last").unwrap();
    drop(sender);
    assert_eq!(within(answer).await.unwrap().unwrap().status(), 200);
    assert_eq!(origin.request().await.text(), "5\r\nfirst\r\n4\r\nlast\r\n0\r\n\r\n");
}

#[tokio::test]
async fn a_deadline_covers_all_of_a_call() {
    let timeout = Duration::from_secs(5);
    for answer in ["", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello"] {
        let mut origin = silent_after(answer).await;
        let upstream = origin.upstream();
        let call =
            tokio::spawn(
                async move { upstream.get("/").timeout(timeout).send().await?.text().await },
            );
        origin.request().await;
        if !answer.is_empty() {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
        let error = within(call).await.unwrap().unwrap_err();
        assert_eq!(error.status(), 504);
        assert_eq!(error.to_string(), "the time for the upstream's answer was up");
        tokio::time::resume();
    }
}
