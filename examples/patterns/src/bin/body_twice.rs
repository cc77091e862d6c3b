//! A body that is read twice: once as it came, once as a value.
//!
//! ```sh
//! cargo run -p patterns --bin body_twice
//! curl localhost:3000/orders --json '[{"item": "tea", "amount": 2}]'
//! curl localhost:3000/orders --json '[{"item": "tea"}]'
//! ```

bff::app!(dir = "apps/body_twice/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
