#[cfg_attr(debug_assertions, bff::get)]
async fn index() -> &'static str {
    "hello"
}
