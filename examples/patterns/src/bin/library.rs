//! Handlers that a library brings, and layers around one of them (RH-409, RH-410).
//!
//! ```sh
//! cargo run -p patterns --bin library
//! curl -i localhost:3000/health/live
//! curl -i localhost:3000/health/ready
//! ```

bff::app!(dir = "library/app");

/// Stands for a crate of somebody else.
mod health_library {
    use bff::{Handler, Request, http::StatusCode};

    /// Answers for a folder `[...check]`, whatever the method.
    pub(crate) fn health(is_ready: fn() -> bool) -> impl Handler {
        move |request: Request| async move {
            match request.uri().path().rsplit('/').next() {
                Some("live") => StatusCode::NO_CONTENT,
                Some("ready") if is_ready() => StatusCode::NO_CONTENT,
                Some("ready") => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::NOT_FOUND,
            }
        }
    }
}

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
