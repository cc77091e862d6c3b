use bff::{IntoResponse, head};

#[head]
async fn probe() -> impl IntoResponse {
    [("x-from", "head")]
}
