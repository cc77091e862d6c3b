#[bff::api(GET, POST)]
async fn posts() -> &'static str {
    "all"
}
