//! One answer out of two services, whose addresses and tokens stay on the server. Each has a deadline of its own;
//! what is late is `null` (RH-395).
//!
//! ```sh
//! cargo run -p patterns --bin aggregate
//! curl localhost:3000/home
//! ```

bff::app!(dir = "aggregate/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
