//! One URL, as a page or as Markdown, by what the client accepts (RH-398).
//!
//! ```sh
//! cargo run -p patterns --bin negotiation
//! curl localhost:3000/docs/start -H 'accept: text/markdown'
//! ```

bff::app!(dir = "negotiation/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
