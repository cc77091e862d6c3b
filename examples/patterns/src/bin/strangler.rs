//! In front of an old backend: one route after the other is taken over, everything else is passed on (RW-38). Where the
//! old one is, says a variable; without it nothing starts.
//!
//! ```sh
//! LEGACY_URL=http://localhost:8080 cargo run -p patterns --bin strangler
//! curl localhost:3000/orders/7
//! curl localhost:3000/customers/7
//! ```

bff::app!(dir = "apps/strangler/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
