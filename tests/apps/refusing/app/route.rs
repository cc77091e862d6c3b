#[bff::get]
async fn index() -> &'static str {
    "never served"
}
