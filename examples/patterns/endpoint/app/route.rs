use bff::get;

#[get]
async fn index() -> &'static str {
    "hello\n"
}
