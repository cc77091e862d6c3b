use bff::{State, get, post};

use crate::apps::limits::{Limits, Watched};

#[get]
async fn never(State(limits): State<Limits>) {
    let _watched = Watched(limits.events);
    std::future::pending().await
}

#[post(timeout = "none")]
async fn at_last(State(limits): State<Limits>) -> &'static str {
    limits.go_on.notified().await;
    "at last"
}
