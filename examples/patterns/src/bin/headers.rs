//! Security headers: those of bff with a stricter policy, and one of its own for the page that has a script.
//!
//! ```sh
//! cargo run -p patterns --bin headers
//! curl -i localhost:3000/api
//! curl -i localhost:3000
//! ```

bff::app!(dir = "apps/headers/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
