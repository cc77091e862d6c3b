use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use tokio::sync::Notify;

use super::harness::Server;

/// A handler that says when it began and waits to be let go.
#[derive(Clone, Default)]
struct Gate {
    begun: Arc<Notify>,
    open: Arc<Notify>,
}

impl Gate {
    fn app(&self) -> Router {
        let gate = self.clone();
        let wait = move || async move {
            gate.begun.notify_one();
            gate.open.notified().await;
            "finished"
        };
        Router::new().route("/wait", get(wait)).route("/", get(|| async { "hello" }))
    }
}

/// Long before the deadline of a drain.
const AT_ONCE: Duration = Duration::from_secs(5);

const WAIT: &str = "GET /wait HTTP/1.1\r\nhost: x\r\n\r\n";

#[tokio::test]
async fn dp_10_a_request_in_flight_finishes_and_new_connections_are_refused() {
    let gate = Gate::default();
    let mut server = Server::start(gate.app(), |serve| serve).await;
    let mut client = server.connect().await;
    client.send(WAIT).await;
    gate.begun.notified().await;

    server.stop();
    server.refuses().await;
    gate.open.notify_one();
    let answer = client.answer().await;
    assert_eq!((answer.status(), &*answer.body), (200, "finished"));
    assert!(answer.head.contains("connection: close"), "{}", answer.head);
    assert_eq!(client.rest().await, "");
    server.ended().await.unwrap();
}

#[tokio::test]
async fn dp_10_idle_connections_are_closed_at_once() {
    for http2 in [false, true] {
        let gate = Gate::default();
        let mut server = Server::start(gate.app(), |serve| serve.http2(http2)).await;
        let mut used = server.connect().await;
        used.get("/").await;
        let mut unused = server.connect().await;
        // Accepted in order, so the silent one is served when this one is.
        server.connect().await.get("/").await;

        let begun = Instant::now();
        server.stop();
        assert_eq!(used.rest().await, "");
        assert_eq!(unused.rest().await, "");
        server.ended().await.unwrap();
        assert!(begun.elapsed() < AT_ONCE, "{:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn dp_10_what_has_not_finished_by_the_deadline_is_cut() {
    let gate = Gate::default();
    let drain = Duration::from_millis(50);
    let mut server = Server::start(gate.app(), |serve| serve.drain(drain)).await;
    let mut client = server.connect().await;
    client.send(WAIT).await;
    gate.begun.notified().await;

    server.stop();
    server.ended().await.unwrap();
    assert_eq!(client.rest().await, "");
    // The handler is gone, not only its connection.
    assert_eq!(Arc::strong_count(&gate.open), 1);
}

#[tokio::test]
async fn without_connections_a_drain_takes_no_time() {
    let mut server = Server::start(Router::new(), |serve| serve).await;
    server.connect().await;
    let begun = Instant::now();
    server.stop();
    server.ended().await.unwrap();
    assert!(begun.elapsed() < AT_ONCE, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn an_upgraded_connection_is_not_waited_for() {
    let app = Router::new().route(
        "/",
        get(|req: axum::extract::Request| async {
            tokio::spawn(async {
                let _upgraded = hyper::upgrade::on(req).await.unwrap();
                std::future::pending::<()>().await;
            });
            let upgrade = [("connection", "upgrade"), ("upgrade", "nothing")];
            (http::StatusCode::SWITCHING_PROTOCOLS, upgrade)
        }),
    );
    let mut server = Server::start(app, |serve| serve).await;
    let mut client = server.connect().await;
    client
        .send("GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: nothing\r\n\r\n")
        .await;
    assert_eq!(client.answer().await.status(), 101);
    let begun = Instant::now();
    server.stop();
    server.ended().await.unwrap();
    assert!(begun.elapsed() < AT_ONCE, "{:?}", begun.elapsed());
}
