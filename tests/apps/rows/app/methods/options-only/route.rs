use bff::{http::StatusCode, options};

#[options]
async fn explain() -> StatusCode {
    StatusCode::IM_A_TEAPOT
}
