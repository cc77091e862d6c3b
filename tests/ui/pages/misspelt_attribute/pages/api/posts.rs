#[bff::apis]
async fn posts() -> &'static str {
    "all"
}
