//! Which handlers exist depends on the build.

#[cfg(all())]
#[bff::get]
async fn show() -> &'static str {
    "the one that is built"
}

#[cfg(any())]
#[bff::get]
async fn show() -> &'static str {
    "the one that is not"
}

#[cfg(any())]
#[bff::post]
async fn create() -> &'static str {
    "not built either"
}
