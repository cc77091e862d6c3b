//! A folder of files to download: ranges, conditional requests, and no way out of the folder (RH-412).
//!
//! ```sh
//! cargo run -p patterns --bin download
//! curl -i localhost:3000/files/hello.txt -H 'range: bytes=0-4'
//! ```

bff::app!(dir = "download/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
