use bff::get;

#[get]
async fn index(name String) -> &'static str {
    "hello"
}
