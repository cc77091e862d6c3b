#[bff::get]
async fn show(_: bff::axum::extract::MatchedPath) -> &'static str {
    panic!("secret")
}
