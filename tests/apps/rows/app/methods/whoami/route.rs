use bff::{IntoResponse, get, http::Method};

#[get]
async fn show(method: Method) -> impl IntoResponse {
    ([("x-method", method.to_string())], "whoever you are")
}
