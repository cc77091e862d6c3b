#[bff::api]
async fn fails() -> bff::Result<&'static str> {
    Err(std::io::Error::other("a secret").into())
}
