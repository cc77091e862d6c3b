//! One answer from two services, each with a deadline; the token for them stays on the server.
//!
//! ```sh
//! cargo run -p patterns --bin aggregate
//! curl localhost:3000/overview --json '{"customer": "ada"}'
//! curl localhost:3000/overview --json '{"customer": "nobody"}'
//! ```

mod services;

use services::Services;

bff::app!(state = Services, dir = "apps/aggregate/app");

#[tokio::main]
async fn main() -> bff::Result {
    let token = bff::env::var_opt("SERVICES_TOKEN").unwrap_or_else(|| "for development".to_owned());
    bff::serve(app::router(Services::new(token))).await
}
