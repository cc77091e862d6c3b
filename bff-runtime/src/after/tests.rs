use std::sync::{Arc, Mutex};

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use http_body::{Body as _, Frame};
use http_body_util::{BodyExt, StreamBody};
use tokio::sync::{Notify, mpsc};

use super::{after, settled};
use crate::{ending, scope};

/// A response whose handler has run `register`.
fn response(body: Body, register: impl FnOnce()) -> Response {
    let mut slot = None;
    scope::enter(&mut slot, register);
    let mut response = body.into_response();
    if let Some(scope) = slot {
        ending::follow(scope, &mut response, false);
    }
    response
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: impl Into<String>) {
        self.0.lock().unwrap().push(line.into());
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rh_357_work_starts_in_order_when_the_one_before_waits() {
    for _ in 0..200 {
        let log = Log::default();
        let (done, mut all_done) = mpsc::unbounded_channel();
        drop(response(Body::empty(), || {
            for name in 0..8 {
                let (log, done) = (log.clone(), done.clone());
                after(async move {
                    log.add(format!("start {name}"));
                    tokio::task::yield_now().await;
                    done.send(()).unwrap();
                });
            }
        }));
        for _ in 0..8 {
            all_done.recv().await.unwrap();
        }
        let expected: Vec<_> = (0..8).map(|name| format!("start {name}")).collect();
        assert_eq!(log.lines(), expected);
    }
}

#[tokio::test]
async fn rh_357_slow_work_holds_nothing_up() {
    let (gate, done) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    drop(response(Body::empty(), || {
        let (opened, opens) = (Arc::clone(&gate), Arc::clone(&gate));
        let all = Arc::clone(&done);
        after(async move {
            opened.notified().await;
            all.notify_one();
        });
        after(async move { opens.notify_one() });
    }));
    done.notified().await;
}

#[tokio::test]
async fn rh_361_a_panic_concerns_no_other_work() {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let text = response(Body::from("unharmed"), || {
        for name in ["first", "at once", "second", "later", "third"] {
            let sender = sender.clone();
            after(async move {
                assert_ne!(name, "at once");
                tokio::task::yield_now().await;
                assert_ne!(name, "later");
                sender.send(name).unwrap();
            });
        }
    })
    .into_body()
    .collect()
    .await
    .unwrap()
    .to_bytes();
    assert_eq!(text, "unharmed");
    let mut done = [receiver.recv().await, receiver.recv().await, receiver.recv().await];
    done.sort();
    assert_eq!(done, [Some("first"), Some("second"), Some("third")]);
}

#[tokio::test]
async fn rh_359_work_within_work_runs_and_is_waited_for() {
    let log = Log::default();
    let inner = log.clone();
    drop(response(Body::empty(), || {
        after(async move {
            tokio::task::yield_now().await;
            let innermost = inner.clone();
            after(async move {
                tokio::task::yield_now().await;
                innermost.add("inner");
            });
            inner.add("outer");
        });
    }));
    settled().await;
    assert_eq!(log.lines(), ["outer", "inner"]);
}

#[tokio::test]
async fn rh_356_nothing_starts_before_the_body_is_dropped() {
    let log = Log::default();
    let work = log.clone();
    let response = response(Body::from("text"), || after(async move { work.add("work") }));
    let text = response.into_body().collect().await.unwrap().to_bytes();
    // The runtime has one thread, and it was not given away since the body ended.
    log.add(format!("sent {text:?}"));
    settled().await;
    assert_eq!(log.lines(), ["sent b\"text\"", "work"]);
}

#[tokio::test]
async fn the_body_keeps_its_length_and_its_trailers() {
    let plain = response(Body::from("four"), || {});
    assert!(plain.body().size_hint().exact() == Some(4) && !plain.body().is_end_stream());
    let trailers = HeaderMap::from_iter([("x-sum".parse().unwrap(), HeaderValue::from(7))]);
    let frames = [
        Ok::<_, std::convert::Infallible>(Frame::data(Bytes::from_static(b"four"))),
        Ok(Frame::trailers(trailers.clone())),
    ];
    for (body, length, expected) in [
        (Body::from("four"), Some(4), None),
        (Body::empty(), Some(0), None),
        (Body::new(StreamBody::new(futures_util::stream::iter(frames))), None, Some(&trailers)),
    ] {
        let response = response(body, || after(async {}));
        assert_eq!(response.body().size_hint().exact(), length);
        // At its end before it is polled, it would be dropped before the head is sent.
        assert!(!response.body().is_end_stream());
        let collected = response.into_body().collect().await.unwrap();
        assert_eq!(collected.trailers(), expected);
    }
}

#[test]
fn without_a_runtime_work_is_lost_without_a_panic() {
    drop(response(Body::empty(), || after(async {})));
    after(async {});
}
