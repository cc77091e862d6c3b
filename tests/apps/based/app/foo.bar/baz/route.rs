use bff::get;

#[get]
async fn baz() -> &'static str {
    "baz"
}
