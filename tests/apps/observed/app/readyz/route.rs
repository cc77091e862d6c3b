#[bff::get]
async fn ready() -> &'static str {
    "the app's own"
}
