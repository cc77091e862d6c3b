use bff::{State, get, post};

use crate::apps::limits::Limits;

#[get(concurrency = 1)]
async fn one(State(limits): State<Limits>) -> &'static str {
    limits.events.tell("in");
    limits.go_on.notified().await;
    "out"
}

#[post]
async fn any() -> &'static str {
    "any"
}
