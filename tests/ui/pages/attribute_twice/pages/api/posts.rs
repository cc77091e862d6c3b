#[bff::api]
#[bff::api]
async fn read() -> &'static str {
    "all"
}
