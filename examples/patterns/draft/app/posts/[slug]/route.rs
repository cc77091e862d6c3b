use bff::{draft::Draft, get};

#[get]
async fn post(slug: String, draft: Draft) -> String {
    if draft.is_enabled() {
        format!("{slug}, not yet published")
    } else {
        format!("{slug}, as published")
    }
}
