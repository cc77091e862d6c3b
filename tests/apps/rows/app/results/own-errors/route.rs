use bff::{IntoResponse, get, http::StatusCode, post};

/// The recommended style: the handler builds the error response itself.
#[get]
async fn show() -> impl IntoResponse {
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        [("content-type", "application/vnd.api+json")],
        r#"{"errors":[]}"#,
    )
}

#[post]
async fn create() -> impl IntoResponse {
    (StatusCode::INTERNAL_SERVER_ERROR, [("content-type", "text/html")], "<h1>sorry</h1>")
}
