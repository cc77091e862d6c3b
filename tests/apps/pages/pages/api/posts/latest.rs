#[bff::api]
fn latest() -> &'static str {
    "the latest"
}
