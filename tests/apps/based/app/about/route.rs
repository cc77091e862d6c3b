use bff::get;

#[get]
async fn about() -> &'static str {
    "about"
}
