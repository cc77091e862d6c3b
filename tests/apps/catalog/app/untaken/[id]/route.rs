//! The folder has a param that no handler takes.

#[bff::get]
async fn show() -> &'static str {
    "shown without looking"
}
