//! An in-process client: requests go through the router as they would from a socket, without one.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! use bff::axum::{Router, routing::get};
//!
//! let client = bff::testing::client(Router::new().route("/", get(|| async { "hello" })));
//! let response = client.get("/").header("accept", "text/plain").await;
//! assert_eq!(response.status(), 200);
//! assert_eq!(response.text(), "hello");
//! # }
//! ```
//!
//! The client's address is always present, so extractors of it work as in production. What cannot be sent, such
//! as a header with a line break, panics at the line of the test. An app that [`serve`](crate::serve()) would refuse
//! to start, because a variable that `bff.toml` names is missing, panics with the reason.

mod client;
mod response;

pub use self::{
    client::{Client, RequestBuilder, client},
    response::TestResponse,
};
