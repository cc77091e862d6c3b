use bff::{
    IntoResponse, Response, after,
    axum::{body::Body, extract::Extension},
    get,
    http::{StatusCode, Uri},
    request::Cancellation,
};

use crate::support::{Chunks, Events};

/// Answers as the query says, and tells how the request has ended.
#[get]
async fn show(
    uri: Uri,
    Extension(events): Extension<Events>,
    cancellation: Cancellation,
) -> Response {
    after(async move {
        events.tell(if cancellation.is_cancelled() { "cancelled" } else { "finished" });
    });
    match uri.query().unwrap_or("") {
        "text" => "text".into_response(),
        "empty" => ().into_response(),
        "none" => StatusCode::NO_CONTENT.into_response(),
        "chunks" => Chunks::new(["a", "b"]).into_body().into_response(),
        "sized" => ([("content-length", "2")], Chunks::new(["a", "b"]).into_body()).into_response(),
        "broken" => Chunks::new(["a"]).then_fail("a secret").into_body().into_response(),
        "large" => Body::from(vec![b'x'; 1 << 20]).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
