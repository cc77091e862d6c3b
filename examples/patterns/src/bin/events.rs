//! Events for a browser's `EventSource`, which goes on where it was when it comes back (RH-227).
//!
//! ```sh
//! cargo run -p patterns --bin events
//! curl -N localhost:3000/ticks -H 'last-event-id: 1'
//! ```

bff::app!(dir = "events/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
