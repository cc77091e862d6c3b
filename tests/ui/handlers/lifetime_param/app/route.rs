use bff::get;

#[get]
async fn index<'a>() -> &'a str {
    "hello"
}
