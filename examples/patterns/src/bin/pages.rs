//! The older convention: a file below `pages/api` is a URL, and one function answers every method (RH-470).
//!
//! ```sh
//! cargo run -p patterns --bin pages
//! curl localhost:3000/api/posts/7
//! curl -X PUT localhost:3000/api/posts/7
//! ```

bff::app!(dir = "pages/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
