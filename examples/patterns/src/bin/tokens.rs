//! The words of a language model, sent as they come.
//!
//! ```sh
//! cargo run -p patterns --bin tokens
//! curl -N localhost:3000/chat -d 'What is a bff?'
//! curl -N localhost:3000/chat -d 'Stop after two words' | head -c 20
//! ```

use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use tokio::time::sleep;

bff::app!(dir = "apps/tokens/app");

/// Stands for the client of a model, whose answer is such a stream.
fn answer(prompt: &str) -> impl Stream<Item = bff::Result<String>> + use<> {
    let words: Vec<_> = prompt.split_whitespace().rev().map(|word| format!("{word} ")).collect();
    stream::iter(words).then(|word| async {
        sleep(Duration::from_millis(50)).await;
        Ok(word)
    })
}

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
