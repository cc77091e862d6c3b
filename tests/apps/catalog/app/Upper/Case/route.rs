#[bff::get]
async fn show() -> &'static str {
    "upper case"
}
