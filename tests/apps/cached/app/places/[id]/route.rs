use bff::{State, get};

use crate::apps::cached::Cached;

/// One at a time is with it. It tells that it runs, and waits for the test.
#[get(revalidate = "none", tags = ["cached-places"], concurrency = 1)]
async fn wait(id: u64, State(cached): State<Cached>) -> String {
    let run = cached.run("place");
    cached.events.tell("runs");
    cached.go_on.notified().await;
    format!("{id}, {run}")
}
