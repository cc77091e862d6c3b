#[bff::get]
async fn show() -> bff::http::StatusCode {
    bff::http::StatusCode::IM_A_TEAPOT
}
