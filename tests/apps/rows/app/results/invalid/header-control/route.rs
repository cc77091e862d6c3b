#[bff::get]
async fn show() -> impl bff::IntoResponse {
    ([("x-made-up", "secret\u{7}")], "text")
}
