#[bff::get]
async fn show() -> &'static str {
    "a space"
}
