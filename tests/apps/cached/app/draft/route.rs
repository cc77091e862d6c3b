use bff::{State, draft::Draft, get, post};

use crate::apps::cached::Cached;

#[get(revalidate = "1h")]
async fn show(draft: Draft, State(cached): State<Cached>) -> String {
    format!("{} {}", draft.is_enabled(), cached.run("draft"))
}

#[post]
async fn enter(draft: Draft) {
    draft.enable();
}
