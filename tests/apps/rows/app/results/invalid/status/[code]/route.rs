use bff::{Error, Result, get, http::StatusCode};

#[get]
async fn show(code: u16) -> Result<(StatusCode, &'static str)> {
    let status = StatusCode::from_u16(code).map_err(|_| Error::msg("no such status"))?;
    Ok((status, "text"))
}
