use bff::{Error, Result, State, cache, get};

use crate::apps::cached::Cached;

/// What it calls fails unless the test says otherwise.
#[get]
async fn show(State(cached): State<Cached>) -> Result<String> {
    let value = cache::cached("a function that fails", async move || {
        let run = cached.run("failing");
        match cached.status().is_success() {
            true => Ok(run),
            false => Err(Error::msg("on purpose")),
        }
    });
    value.tags(["failing-function"]).await
}
