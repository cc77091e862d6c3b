use bff::{Error, Result, get};

#[get(force_static)]
async fn broken() -> Result<String> {
    Err(Error::msg("a wheel came off"))
}
