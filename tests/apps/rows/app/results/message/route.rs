use bff::{Error, Result, get, post};

#[get]
async fn show() -> Result<&'static str> {
    Err(Error::msg("secret message"))
}

/// A detail on an internal error stays internal.
#[post]
async fn create() -> Result<&'static str> {
    Err(Error::msg("secret message").detail("secret detail"))
}
