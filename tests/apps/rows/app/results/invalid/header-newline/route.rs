#[bff::get]
async fn show() -> impl bff::IntoResponse {
    ([("x-made-up", "secret\r\nset-cookie: stolen=1")], "text")
}
