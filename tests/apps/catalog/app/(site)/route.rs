#[bff::get]
async fn index() -> &'static str {
    "the root, in a group"
}
