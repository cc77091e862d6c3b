pub(crate) async fn register() -> bff::Result {
    Err(std::io::Error::other("the collector is away"))?
}
