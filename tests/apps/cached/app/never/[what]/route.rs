use bff::{
    IntoResponse, Response, State,
    axum::body::{Body, Bytes},
    cookies::Cookie,
    get,
    http::{StatusCode, header},
};
use futures_util::stream;

use crate::apps::cached::Cached;

/// Answers that are for one client, or for none.
#[get(revalidate = "1h")]
async fn answer(what: String, State(cached): State<Cached>) -> Response {
    let run = cached.run("never");
    let control = |value: &'static str| ([(header::CACHE_CONTROL, value)], run.clone());
    match &*what {
        "cookie" => (Cookie::new("a", "1").expect("a cookie"), run).into_response(),
        "no-store" => control("no-store").into_response(),
        "private" => control("max-age=60, Private").into_response(),
        "no-cache" => control("no-cache=\"x-a\"").into_response(),
        "vary" => ([(header::VARY, "accept, x-other")], run).into_response(),
        "partial" => (StatusCode::PARTIAL_CONTENT, run).into_response(),
        "error" => (StatusCode::INTERNAL_SERVER_ERROR, run).into_response(),
        "missing" => (StatusCode::NOT_FOUND, run).into_response(),
        "away" => (StatusCode::FOUND, [(header::LOCATION, "/")], run).into_response(),
        "large" => vec![b'x'; 16 << 20].into_response(),
        "stream" => {
            let pieces = (0..17).map(|_| Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 1 << 20])));
            Body::from_stream(stream::iter(pieces)).into_response()
        }
        "events" => ([(header::CONTENT_TYPE, "text/event-stream")], run).into_response(),
        _ => panic!("secret"),
    }
}
