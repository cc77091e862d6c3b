use std::{future::pending, time::Duration};

use serde::Serialize;
use serde_json::{Value, json};

use super::harness::Origin;
use crate::{
    Error, Problem,
    upstream::{Partial, UpstreamError, branch, join},
};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn rh_395_each_branch_has_its_deadline_and_its_result() {
    #[derive(Serialize)]
    struct Page {
        user: Partial<&'static str>,
        orders: Partial<u8>,
        news: Partial<u8>,
    }
    let started = tokio::time::Instant::now();
    let (user, orders, news) = join((
        branch("user", SECOND, async { Ok::<_, Error>("ada") }),
        branch("orders", 2 * SECOND, pending::<Result<u8, UpstreamError>>()),
        branch("news", SECOND, async { Err(Problem::new(http::StatusCode::BAD_GATEWAY)) }),
    ))
    .await;
    assert_eq!(started.elapsed(), 2 * SECOND);
    assert_eq!(orders.error().unwrap().status(), 504);
    assert_eq!(news.error().unwrap().status(), 502);
    assert_eq!((user.name(), user.is_missing(), news.is_missing()), ("user", false, true));
    let page = Page { user, orders, news };
    let written = serde_json::to_value(&page).unwrap();
    assert_eq!(written, json!({"user": "ada", "orders": null, "news": null}));
    assert_eq!(page.news.unwrap_or(3), 3);
    assert_eq!(page.orders.required().unwrap_err().status(), 504);
    assert_eq!(page.user.ok(), Some("ada"));
}

#[tokio::test(start_paused = true)]
async fn branches_of_one_type_are_joined_in_order() {
    let branches = [3, 1, 2].map(|n| {
        branch("n", 2 * SECOND, async move {
            tokio::time::sleep(n * SECOND).await;
            Ok::<_, Error>(n)
        })
    });
    let results = join(Vec::from(branches)).await;
    let values: Vec<_> = results.into_iter().map(Partial::ok).collect();
    assert_eq!(values, [None, Some(1), Some(2)]);
}

#[tokio::test]
async fn several_upstreams_are_asked_at_once() {
    let body = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n42";
    let (one, two) = (Origin::answering(body).await, Origin::closing("").await);
    let (up, down) = (one.upstream(), two.upstream());
    // The future of a handler has to be `Send`.
    fn sendable<F: Future + Send>(future: F) -> F {
        future
    }
    let (a, b) = sendable(join((
        branch("a", 60 * SECOND, up.get("/").fetch::<Value>()),
        branch("b", 60 * SECOND, down.get("/").fetch::<Value>()),
    )))
    .await;
    assert_eq!(a.get(), Some(&json!(42)));
    assert_eq!(b.error().unwrap().status(), 502);
}
