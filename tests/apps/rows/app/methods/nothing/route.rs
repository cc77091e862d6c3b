//! The one handler is left out of this build, so nothing is exported.

#[cfg(any())]
#[bff::get]
async fn show() -> &'static str {
    "never built"
}
