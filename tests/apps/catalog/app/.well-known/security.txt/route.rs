#[bff::get]
async fn show() -> &'static str {
    "Contact: mailto:security@example.com"
}
