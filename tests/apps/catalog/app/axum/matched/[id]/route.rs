#[bff::get]
async fn show(matched: bff::axum::extract::MatchedPath) -> String {
    matched.as_str().to_owned()
}
