use bff::{IntoResponse, Response, State, get};

use crate::apps::cached::Cached;

#[get(revalidate = "1s")]
async fn tick(State(cached): State<Cached>) -> Response {
    let run = cached.run("short");
    (cached.status(), run).into_response()
}
