//! Files to save: in parts for who asks for a range, and never one outside of their folder.
//!
//! ```sh
//! cargo run -p patterns --bin download
//! curl -i localhost:3000/files/letters/a.txt -H 'Range: bytes=0-4'
//! curl -OJ localhost:3000/export
//! ```

bff::app!(dir = "apps/download/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
