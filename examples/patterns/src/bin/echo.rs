//! A body as JSON, sent back in a wrapper (RH-392).
//!
//! ```sh
//! cargo run -p patterns --bin echo
//! curl localhost:3000/echo --json '{"a":[1,2]}'
//! ```

bff::app!(dir = "echo/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
