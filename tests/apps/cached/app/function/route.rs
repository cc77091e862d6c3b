use bff::{Error, Result, State, cache, draft::Draft, get};

use crate::apps::cached::Cached;

/// Runs every time; what it calls runs when it has to.
#[get]
async fn show(draft: Draft, State(cached): State<Cached>) -> Result<String> {
    let value = cache::cached("a function of the tests", async move || {
        // Outside of the request, so there is no scope that would have cookies.
        Ok::<_, Error>(cached.run("function"))
    });
    let value: String = value.revalidate("1h").tags(["functions"]).await?;
    Ok(format!("{value}, {}", draft.is_enabled()))
}
