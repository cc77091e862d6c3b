//! Which handlers exist depends on the build.

#[cfg(debug_assertions)]
#[bff::get]
async fn show() -> &'static str {
    "the one that is built"
}

#[cfg(not(debug_assertions))]
#[bff::get]
async fn show() -> &'static str {
    "the one that is not"
}

#[cfg(not(debug_assertions))]
#[bff::post]
async fn create() -> &'static str {
    "not built either"
}
