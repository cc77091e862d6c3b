//! The text route of the dispatch benchmark; written by `cargo run -p bff-benches --bin fixtures`.

use bff::get;

use crate::dispatch::model::TEXT;

#[get]
async fn text() -> &'static str {
    TEXT
}
