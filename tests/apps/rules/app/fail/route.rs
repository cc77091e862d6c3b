use bff::get;

#[get]
async fn fail() -> &'static str {
    panic!("a secret")
}
