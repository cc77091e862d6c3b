//! The smallest app: `cargo run -p hello`, then `curl localhost:3000/hello/you`.

bff::app!();

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
