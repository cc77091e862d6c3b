#[bff::api]
async fn index() -> &'static str {
    "fine"
}
