use bff::get;

#[get]
async fn version() -> &'static str {
    "1.2"
}
