//! One page in two formats: HTML for browsers, Markdown for whoever asks for it.
//!
//! ```sh
//! cargo run -p patterns --bin negotiation
//! curl localhost:3000/guide -H 'Accept: text/markdown'
//! curl localhost:3000/guide.md
//! ```

bff::app!(dir = "apps/negotiation/app");

/// What both formats are made of.
const STEPS: [&str; 2] = ["Write a route file.", "Run it."];

/// The guide as Markdown.
fn markdown() -> String {
    STEPS.iter().fold("# Guide\n\n".to_owned(), |text, step| text + "1. " + step + "\n")
}

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
