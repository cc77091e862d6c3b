use bff::{IntoResponse, Response, State, get};

use crate::apps::cached::Cached;

/// Answers as the test says.
#[get(revalidate = "none", tags = ["cached-fragile"])]
async fn show(State(cached): State<Cached>) -> Response {
    (cached.status(), cached.run("fragile")).into_response()
}
