#[bff::get]
async fn kept() -> &'static str {
    "kept"
}
