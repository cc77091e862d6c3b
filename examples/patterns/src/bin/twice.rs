//! A body for two readers: one keeps the bytes, the other reads the JSON (RH-394).
//!
//! ```sh
//! cargo run -p patterns --bin twice
//! curl localhost:3000/events --json '{"kind":"paid"}'
//! ```

bff::app!(dir = "twice/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
