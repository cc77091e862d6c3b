//! The whole file is left out of this build.
#![cfg(any())]

#[bff::get]
async fn show() -> &'static str {
    "never built"
}
