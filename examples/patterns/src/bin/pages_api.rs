//! The older convention: files below `pages/api`, one function for all methods of a URL.
//!
//! ```sh
//! cargo run -p patterns --bin pages_api
//! curl -i localhost:3000/api/greet/Ada
//! curl localhost:3000/api/greet/Ada --json '{"greeting": "Good morning"}'
//! ```

// There is no folder `app`: its place says where `pages` is.
bff::app!(dir = "apps/pages_api/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
