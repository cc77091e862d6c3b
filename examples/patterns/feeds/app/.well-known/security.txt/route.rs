use bff::get;

#[get]
async fn security() -> &'static str {
    "Contact: mailto:security@example.com\n"
}
