#[bff::get]
async fn proxied() -> &'static str {
    "proxied"
}
