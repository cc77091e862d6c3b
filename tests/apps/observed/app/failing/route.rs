#[bff::get]
async fn fail() -> bff::Result {
    Err(std::fmt::Error)?
}

/// Only axum's router knows this path.
#[bff::put]
async fn through_axum(_: bff::axum::extract::MatchedPath) -> bff::Result {
    Err(std::fmt::Error)?
}

/// A mistake of the program that an extractor finds.
#[bff::post]
async fn extract(_: bff::axum::Extension<u8>) -> bff::Result {
    Ok(())
}
