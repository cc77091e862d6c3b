//! The smallest endpoints: a text, and a value as JSON.
//!
//! ```sh
//! cargo run -p patterns --bin endpoint
//! curl localhost:3000
//! curl localhost:3000/status
//! ```

bff::app!(dir = "apps/endpoint/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
