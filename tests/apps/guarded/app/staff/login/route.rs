#[bff::get]
async fn login() -> &'static str {
    "who are you?"
}
