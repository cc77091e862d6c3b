//! CORS for one handler, preflight included (RH-401, RH-402).
//!
//! ```sh
//! cargo run -p patterns --bin cors
//! curl -i localhost:3000/api/public -X OPTIONS -H 'origin: https://app.example.com'
//! ```

bff::app!(dir = "cors/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
