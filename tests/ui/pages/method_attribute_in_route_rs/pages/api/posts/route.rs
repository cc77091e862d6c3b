#[bff::get]
async fn list() -> &'static str {
    "all"
}
