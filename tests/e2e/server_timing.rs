//! The `Server-Timing` header (W3C Server Timing).

use crate::{
    apps::around::{self, Around},
    support::Server,
};

#[tokio::test]
async fn what_was_measured_is_one_header() {
    let server = Server::start(around::app::router(Around::default())).await;
    for method in ["GET", "HEAD"] {
        assert_eq!(
            server.send(&*format!("{method} /timing")).await.header("server-timing"),
            Some(r#"db;dur=53.200, cache;desc="Cache \"Read\"";dur=23.200, miss"#),
            "{method}"
        );
    }
}

#[tokio::test]
async fn a_measurement_ends_with_its_scope_and_the_handlers_own_line_stays() {
    let server = Server::start(around::app::router(Around::default())).await;
    let answer = server.send("POST /timing").await;
    let [own, measured] = answer.lines("server-timing")[..] else { panic!("{answer:?}") };
    assert_eq!(own, "own");
    let duration = measured.strip_prefix("all;dur=").expect("the name");
    assert!(duration.parse::<f64>().is_ok(), "{duration}");
    assert_eq!(server.send("PUT /timing").await.header("server-timing"), None);
}
