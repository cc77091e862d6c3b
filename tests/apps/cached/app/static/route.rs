use bff::{IntoResponse, Response, State, get, http::StatusCode};

use crate::apps::cached::Cached;

/// Also its status and its header are kept (RH-248).
#[get(force_static)]
async fn about(State(cached): State<Cached>) -> Response {
    let headers = [("x-own", "1"), ("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT")];
    (StatusCode::NON_AUTHORITATIVE_INFORMATION, headers, cached.run("static")).into_response()
}
