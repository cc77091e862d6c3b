#[bff::get]
async fn show() -> &'static str {
    "a folder named index"
}
