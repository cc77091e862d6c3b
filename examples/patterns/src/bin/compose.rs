//! Handlers go around handlers, and any layer of tower goes around one: of a route, or of the whole app.
//!
//! ```sh
//! cargo run -p patterns --bin compose
//! curl -i localhost:3000/report -H 'Authorization: Bearer for-development'
//! curl -i localhost:3000/report
//! ```

use std::{sync::Arc, time::Instant};

use bff::{
    Handler, IntoResponse, Request, RequestExt, Response,
    axum::middleware::{self, Next},
    response::{ResponseExt, unauthorized},
};
use sha2::{Digest, Sha256};

bff::app!(dir = "apps/compose/app");

/// Only requests with this token reach the handler.
fn with_token(token: &str, inner: impl Handler) -> impl Handler {
    // Of hashes it tells nothing how long a comparison takes.
    let expected = Sha256::digest(format!("Bearer {token}"));
    let inner = Arc::new(inner);
    move |request: Request| {
        let inner = Arc::clone(&inner);
        async move {
            match request.header("authorization") {
                Some(sent) if Sha256::digest(&*sent) == expected => inner.call(request).await,
                _ => unauthorized().challenge("Bearer").into_response(),
            }
        }
    }
}

/// A layer is an ordinary one of axum and tower.
async fn measured(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let response = next.run(request).await;
    response.with_header("x-milliseconds", start.elapsed().as_millis().to_string())
}

#[tokio::main]
async fn main() -> bff::Result {
    let no_index = |response: Response| async { response.with_header("x-robots-tag", "noindex") };
    bff::serve(app::router().layer(middleware::map_response(no_index))).await
}
