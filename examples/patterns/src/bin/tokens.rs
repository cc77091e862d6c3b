//! Words as they are made, as a language model makes them (RH-411).
//!
//! ```sh
//! cargo run -p patterns --bin tokens
//! curl -N localhost:3000/chat
//! ```

bff::app!(dir = "tokens/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
