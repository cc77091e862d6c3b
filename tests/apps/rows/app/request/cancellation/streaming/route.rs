use bff::{axum::body::Body, axum::extract::Extension, get, request::Cancellation};

use crate::support::{Chunks, Events};

/// Never stops to answer.
#[get]
async fn show(Extension(events): Extension<Events>, cancellation: Cancellation) -> Body {
    tokio::spawn(async move {
        cancellation.cancelled().await;
        events.tell("cancelled");
    });
    Chunks::endless().into_body()
}
