use bff::get;

#[get]
async fn root() -> &'static str {
    "root"
}
