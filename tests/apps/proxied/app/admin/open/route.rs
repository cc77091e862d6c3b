use bff::get;

#[get]
async fn show() -> &'static str {
    "open"
}
