//! Server-sent events: a countdown that goes on where it was when the connection broke.
//!
//! ```sh
//! cargo run -p patterns --bin events
//! curl -N localhost:3000/countdown
//! curl -N localhost:3000/countdown -H 'Last-Event-ID: 2'
//! ```

bff::app!(dir = "apps/events/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
