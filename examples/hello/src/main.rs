//! The smallest app.

bff::app!();

#[tokio::main]
async fn main() {
    let client = bff::testing::client(app::router());
    let _ = client.get(&app::posts::id::path(7)).await;
}
