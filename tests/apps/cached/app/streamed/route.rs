use bff::{Response, State, axum::body::Body, get};
use futures_util::stream;

use crate::apps::cached::Cached;

#[get(revalidate = "1h")]
async fn pieces(State(cached): State<Cached>) -> Response {
    let run = cached.run("streamed");
    let pieces = [Ok::<_, std::io::Error>("a "), Ok("b ")].map(|it| it.map(str::to_owned));
    Response::new(Body::from_stream(stream::iter(pieces.into_iter().chain([Ok(run)]))))
}
