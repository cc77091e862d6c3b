use bff::{IntoResponse, Response, State, get};

use crate::apps::cached::Cached;

/// Tells that it runs, and waits for the test.
#[get(revalidate = "1h")]
async fn wait(State(cached): State<Cached>) -> Response {
    let run = cached.run("slow");
    cached.events.tell("runs");
    cached.go_on.notified().await;
    (cached.status(), run).into_response()
}
