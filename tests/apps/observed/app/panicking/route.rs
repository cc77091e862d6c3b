#[bff::get]
async fn panic() -> &'static str {
    panic!("a panic with\na line break")
}
