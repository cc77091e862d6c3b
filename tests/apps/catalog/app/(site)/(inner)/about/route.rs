#[bff::get]
async fn show() -> &'static str {
    "about, in two groups"
}
