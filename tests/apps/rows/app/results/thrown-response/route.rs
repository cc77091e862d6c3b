use bff::{IntoResponse, Response, get, http::StatusCode};

/// Unlike in JavaScript a response may be the error, and is sent.
#[get]
async fn show() -> Result<&'static str, Response> {
    Err((StatusCode::PAYMENT_REQUIRED, [("x-price", "3")], "pay first").into_response())
}
