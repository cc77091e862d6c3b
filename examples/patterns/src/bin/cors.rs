//! CORS for one route: a page of another origin may read and change the settings.
//!
//! ```sh
//! cargo run -p patterns --bin cors
//! curl -i localhost:3000/settings -H 'Origin: https://app.example.com'
//! curl -i localhost:3000/settings -X OPTIONS -H 'Origin: https://app.example.com' -H 'Access-Control-Request-Method: PUT'
//! ```

bff::app!(dir = "apps/cors/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
