#[bff::get]
async fn show() -> &'static str {
    "braces"
}
