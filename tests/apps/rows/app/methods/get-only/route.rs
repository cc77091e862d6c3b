use bff::{IntoResponse, get};

/// The commonest route: GET alone, a body of known length.
#[get]
async fn show() -> impl IntoResponse {
    ([("x-seen", "yes"), ("cache-control", "no-store")], "only GET")
}
