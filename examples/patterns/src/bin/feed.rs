//! Files that are made: a feed, `llms.txt` and `.well-known/security.txt`.
//!
//! ```sh
//! cargo run -p patterns --bin feed
//! curl localhost:3000/rss.xml
//! curl localhost:3000/.well-known/security.txt
//! ```

bff::app!(dir = "apps/feed/app");

/// Path and title of each post, as their authors wrote them.
const POSTS: [(&str, &str); 2] =
    [("/posts/tom-and-jerry", "Tom & Jerry"), ("/posts/tags", "Why <b> is not <strong>")];

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
