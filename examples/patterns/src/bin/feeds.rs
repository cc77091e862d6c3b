//! Content that is not HTML: a feed, `llms.txt` and a file below `.well-known`. What users wrote is escaped (RH-397).
//!
//! ```sh
//! cargo run -p patterns --bin feeds
//! curl localhost:3000/rss.xml
//! curl localhost:3000/.well-known/security.txt
//! ```

bff::app!(dir = "feeds/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
