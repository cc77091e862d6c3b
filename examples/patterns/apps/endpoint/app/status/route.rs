use bff::{Json, get};
use serde::Serialize;

#[derive(Serialize)]
struct Status {
    name: &'static str,
    version: &'static str,
}

/// A value, as JSON.
#[get]
async fn status() -> Json<Status> {
    Json(Status { name: env!("CARGO_BIN_NAME"), version: env!("CARGO_PKG_VERSION") })
}
