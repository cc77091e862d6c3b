use bff::get;

#[get]
async fn thing() -> &'static str {
    "thing"
}
