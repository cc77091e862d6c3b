//! An endpoint that answers with text, and one that answers with JSON (RH-391).
//!
//! ```sh
//! cargo run -p patterns --bin endpoint
//! curl localhost:3000
//! curl localhost:3000/api/status
//! ```

bff::app!(dir = "endpoint/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
