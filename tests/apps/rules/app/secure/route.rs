use bff::get;

#[get]
async fn hidden() -> &'static str {
    "a secret"
}
