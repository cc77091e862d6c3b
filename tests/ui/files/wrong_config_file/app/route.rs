#[bff::get]
async fn index() -> &'static str {
    "hello"
}
