#[bff::get]
async fn show() -> String {
    "grüße".to_owned()
}
