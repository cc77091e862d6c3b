//! A JSON body, sent back inside another value. What is no JSON is answered 400, another content type 415.
//!
//! ```sh
//! cargo run -p patterns --bin echo
//! curl localhost:3000 --json '{"name": "Ada"}'
//! curl localhost:3000 --json '{"name"'
//! ```

bff::app!(dir = "apps/echo/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
