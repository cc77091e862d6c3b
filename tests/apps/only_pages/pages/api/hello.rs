#[bff::api]
async fn hello() -> &'static str {
    "hello"
}
