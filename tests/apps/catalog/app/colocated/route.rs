//! A handler with its helpers beside it.

mod helpers;

#[bff::get]
async fn show() -> &'static str {
    helpers::text()
}
