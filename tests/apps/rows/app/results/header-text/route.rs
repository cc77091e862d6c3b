#[bff::get]
async fn show() -> impl bff::IntoResponse {
    ([("x-greeting", "grüße, 日本")], "text")
}
