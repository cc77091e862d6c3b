//! A WebSocket that says everything again. Pages of other sites cannot open it (RH-235).
//!
//! ```sh
//! cargo run -p patterns --bin socket
//! websocat ws://localhost:3000/echo
//! ```

bff::app!(dir = "socket/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
