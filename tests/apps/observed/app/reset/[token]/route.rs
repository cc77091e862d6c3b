#[bff::get]
async fn reset(token: String) -> bff::Result<String> {
    if token == "s3cret-that-fails" {
        return Err(bff::Error::msg("no such token"));
    }
    Ok("reset".to_owned())
}
