#[bff::get(require = "none")]
async fn open() -> &'static str {
    "open"
}
