use bff::get;

#[get]
async fn thanks() -> &'static str {
    "thank you\n"
}
