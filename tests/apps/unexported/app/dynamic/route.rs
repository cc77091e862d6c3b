use bff::get;

#[get]
async fn now() -> String {
    String::new()
}
