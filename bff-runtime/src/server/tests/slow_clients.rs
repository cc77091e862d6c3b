//! Deadlines, under a clock that jumps to the next timer whenever all tasks wait.

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    routing::{get, post},
};
use http_body::Frame;
use tokio::time::{Instant, Sleep, sleep};

use super::{harness::Server, http2};
use crate::Json;

fn app() -> Router {
    let slow = || async {
        sleep(Duration::from_secs(100)).await;
        "at last"
    };
    Router::new()
        .route("/", get(|| async { "hello" }).post(|body: Bytes| async move { body }))
        .route("/slow", get(slow))
        .route("/large", get(|| async { vec![0; 64 << 20] }))
}

fn assert_about(elapsed: Duration, seconds: u64) {
    assert_between(elapsed, seconds, seconds + 1);
}

/// A rest is noticed with a delay of a twelfth.
fn assert_rest(elapsed: Duration, seconds: u64) {
    assert_between(elapsed, seconds, seconds + seconds.div_ceil(12) + 1);
}

fn assert_between(elapsed: Duration, from: u64, to: u64) {
    assert!((from * 1000..to * 1000).contains(&(elapsed.as_millis() as u64)), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_client_that_says_nothing_is_cut_after_ten_seconds() {
    for http2 in [false, true] {
        let server = Server::start(app(), |serve| serve.http2(http2)).await;
        let begun = Instant::now();
        let mut client = server.connect().await;
        assert_eq!(client.rest().await, "");
        assert_about(begun.elapsed(), 10);
    }
}

#[tokio::test(start_paused = true)]
async fn rfc9110_15_5_9_an_unfinished_head_is_refused_after_ten_seconds() {
    let server = Server::start(app(), |serve| serve).await;
    let begun = Instant::now();
    let mut client = server.connect().await;
    for piece in ["GET / ", "HTTP/1.1\r\n", "host: x\r\n", "x: 1\r\n"] {
        client.send(piece).await;
        sleep(Duration::from_millis(2400)).await;
    }
    assert!(client.rest().await.starts_with("HTTP/1.1 408 "));
    assert_about(begun.elapsed(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_connection_may_rest_for_a_minute_between_requests() {
    let server = Server::start(app(), |serve| serve).await;
    let mut client = server.connect().await;
    for _ in 0..3 {
        client.get("/").await;
        sleep(Duration::from_secs(59)).await;
    }
    client.get("/").await;
    let begun = Instant::now();
    assert_eq!(client.rest().await, "");
    assert_rest(begun.elapsed(), 60);
}

#[tokio::test(start_paused = true)]
async fn a_request_with_a_body_does_not_shorten_the_rest_after_it() {
    let server = Server::start(app(), |serve| serve).await;
    let mut client = server.connect().await;
    client.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\n").await;
    for piece in ["bo", "dy"] {
        sleep(Duration::from_secs(8)).await;
        client.send(piece).await;
    }
    assert_eq!(client.answer().await.body, "body");
    let begun = Instant::now();
    assert_eq!(client.rest().await, "");
    assert_rest(begun.elapsed(), 60);
}

#[tokio::test(start_paused = true)]
async fn the_time_to_rest_is_a_setting() {
    for seconds in [5, 75] {
        let rest = Duration::from_secs(seconds);
        let server = Server::start(app(), |serve| serve.keep_alive(rest)).await;
        let mut client = server.connect().await;
        client.get("/").await;
        let begun = Instant::now();
        assert_eq!(client.rest().await, "");
        assert_rest(begun.elapsed(), seconds);
    }
}

#[tokio::test(start_paused = true)]
async fn a_rest_is_counted_anew_after_each_request() {
    let server = Server::start(app(), |serve| serve).await;
    let mut client = server.connect().await;
    for pause in [1, 30, 58, 7, 40, 59, 59] {
        client.get("/").await;
        sleep(Duration::from_secs(pause)).await;
        client.get("/slow").await;
    }
    let begun = Instant::now();
    assert_eq!(client.rest().await, "");
    assert_rest(begun.elapsed(), 60);
}

#[tokio::test(start_paused = true)]
async fn an_http2_connection_may_rest_for_a_minute_too() {
    let server = Server::start(app(), |serve| serve.http2(true)).await;
    let mut client = server.connect().await;
    client.send(http2::PREFACE).await;
    client.send(http2::GET).await;
    let begun = Instant::now();
    while http2::frame(&mut client).await.is_some() {}
    assert_rest(begun.elapsed(), 60);
}

#[tokio::test(start_paused = true)]
async fn a_later_head_has_ten_seconds_from_its_first_byte() {
    let server = Server::start(app(), |serve| serve).await;
    let mut client = server.connect().await;
    client.get("/").await;
    sleep(Duration::from_secs(55)).await;

    let begun = Instant::now();
    for piece in ["GET / ", "HTTP/1.1\r\n", "host: x\r\n", "x: 1\r\n"] {
        client.send(piece).await;
        sleep(Duration::from_millis(2400)).await;
    }
    assert!(client.rest().await.starts_with("HTTP/1.1 408 "));
    assert_about(begun.elapsed(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_handler_may_take_longer_than_a_head() {
    let server = Server::start(app(), |serve| serve).await;
    let mut client = server.connect().await;
    for _ in 0..2 {
        assert_eq!(client.get("/slow").await.body, "at last");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_may_pause_for_longer_than_a_connection_may_rest() {
    let events = || async { Body::new(Events { left: 2, pause: Box::pin(sleep(PAUSE)) }) };
    let server = Server::start(Router::new().route("/", get(events)), |serve| serve).await;
    let mut client = server.connect().await;
    client.send("GET / HTTP/1.0\r\n\r\n").await;
    let answer = client.rest().await;
    assert!(answer.ends_with("eventevent"), "{answer}");
}

/// A body that sends an event after each pause.
struct Events {
    left: usize,
    pause: Pin<Box<Sleep>>,
}

const PAUSE: Duration = Duration::from_secs(100);

impl http_body::Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        ready!(self.pause.as_mut().poll(cx));
        self.pause.set(sleep(PAUSE));
        self.left -= 1;
        Poll::Ready(Some(Ok(Frame::data(Bytes::from("event")))))
    }
}

#[tokio::test(start_paused = true)]
async fn half_a_preface_of_http2_is_cut_after_ten_seconds() {
    let server = Server::start(app(), |serve| serve.http2(true)).await;
    let begun = Instant::now();
    let mut client = server.connect().await;
    client.send("PRI * HTTP/2").await;
    assert_eq!(client.rest().await, "");
    assert_about(begun.elapsed(), 10);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_reads_is_dropped_after_thirty_seconds() {
    let server = Server::start(app(), |serve| serve).await;
    let begun = Instant::now();
    let mut client = server.connect().await;
    client.send("GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await;
    sleep(Duration::from_secs(31)).await;
    // What the system had taken arrives, and no more.
    assert!(client.rest().await.len() < 64 << 20);
    assert_about(begun.elapsed(), 31);
}

#[tokio::test(start_paused = true)]
async fn rfc9110_15_5_9_a_body_that_comes_too_slowly_is_refused_and_the_connection_ends() {
    let router = Router::new()
        .route("/ours", post(|Json(body): Json<u8>| async move { body.to_string() }))
        .route("/axums", post(|body: Bytes| async move { body }))
        .route("/unread", post(|| async { "not read" }));
    for (path, pause, status, seconds) in [
        // Nothing comes at all, and one byte now and then for ever.
        ("/ours", 1000, 408, 10),
        ("/ours", 9, 408, 20),
        ("/axums", 1000, 400, 10),
        ("/axums", 9, 400, 20),
        // Nobody has asked for the body, and nobody waits for it for long.
        ("/unread", 1000, 200, 10),
        ("/unread", 2, 200, 10),
    ] {
        let server = Server::start(router.clone(), |serve| serve).await;
        let mut client = server.connect().await;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n"
        );
        client.send(head).await;
        let begun = Instant::now();
        let drip = async {
            loop {
                sleep(Duration::from_secs(pause)).await;
                client.try_send("1").await;
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(seconds + 2), drip).await;
        let answer = client.rest().await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{path} {pause}: {answer}");
        assert!(begun.elapsed() < Duration::from_secs(seconds + 4), "{path} {pause}");
    }
}

#[tokio::test(start_paused = true)]
async fn rh_117_a_body_that_nobody_reads_is_taken_in_and_the_connection_goes_on() {
    let router = Router::new().route("/", post(|| async { "not read" }));
    let server = Server::start(router, |serve| serve).await;
    let mut client = server.connect().await;
    for framing in ["content-length: 3000", "transfer-encoding: chunked"] {
        client.send(format!("POST / HTTP/1.1\r\nhost: x\r\n{framing}\r\n\r\n")).await;
        let chunk = [b'x'; 1000];
        for _ in 0..3 {
            sleep(Duration::from_secs(1)).await;
            match framing.starts_with("transfer") {
                true => client.send([b"3e8\r\n", &chunk[..], b"\r\n"].concat()).await,
                false => client.send(&chunk).await,
            }
        }
        if framing.starts_with("transfer") {
            client.send("0\r\n\r\n").await;
        }
        assert_eq!(client.answer().await.body, "not read");
    }
    // It may rest now, as after any request.
    sleep(Duration::from_secs(59)).await;
    client.send("POST / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(client.answer().await.body, "not read");
}
