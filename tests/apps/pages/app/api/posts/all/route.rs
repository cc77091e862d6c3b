use bff::get;

#[get]
async fn all() -> &'static str {
    "the app folder"
}
